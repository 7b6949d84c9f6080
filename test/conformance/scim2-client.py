# A provisioning client's day with scim2-client, which refuses every answer that its strict models do not describe.
import json
import os
import traceback

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import BulkOperation, BulkRequest, PatchOp, PatchOperation, SCIMException, SearchRequest

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CALENDLY = "urn:ietf:params:scim:schemas:extension:Calendly:2.0:User"

http = Client(
    base_url=os.environ["SCIM_BASE_URL"],
    headers={"Authorization": f"Bearer {os.environ['SCIM_TOKEN']}"},
)
scim = SyncSCIMClient(http)
made = {}
steps = []


def step(work):
    """Adds a step of the day; its sentence is the name of the case."""
    steps.append((work.__doc__, work))
    return work


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"Expected {expected!r}, found {found!r}")


def model(name):
    return scim.get_resource_model(name)


def new_user(user_name, **attributes):
    return scim.create(model("User")(user_name=user_name, **attributes))


def patch(resource, *operations):
    kind = type(resource)
    listed = [PatchOperation(op=op, path=path, value=value) for op, path, value in operations]
    scim.modify(kind, resource.id, PatchOp[kind](operations=listed))
    return scim.query(kind, resource.id)


def listed(name, **search):
    return scim.query(model(name), query_parameters=SearchRequest(**search))


def found(name, expression):
    return [each.id for each in listed(name, filter=expression).resources or []]


def refusal(work):
    try:
        work()
    except SCIMException as refused:
        return refused.status, refused.scim_type
    raise AssertionError("It was not refused")


@step
def discovers():
    """discovers the service and builds its models from the published schemas"""
    scim.discover()
    equal({each.name for each in scim.provider.resource_types}, {"User", "Group"})
    equal(set(model("User").get_extension_models()), {ENTERPRISE, CALENDLY})
    equal(scim.provider.config.patch.supported, True)


@step
def creates():
    """creates a person with both extensions"""
    kind = model("User")
    extensions = kind.get_extension_models()
    user = kind(
        user_name="ada@example.com",
        external_id="e-1",
        display_name="Ada",
        name={"given_name": "Ada", "family_name": "Lovelace"},
        emails=[{"value": "ada@example.com", "type": "work", "primary": True}],
    )
    user[extensions[ENTERPRISE]] = extensions[ENTERPRISE](department="Engines", employee_number="7")
    user[extensions[CALENDLY]] = extensions[CALENDLY](group="Sales")
    made["ada"] = scim.create(user)
    equal(made["ada"][extensions[CALENDLY]].group, "Sales")
    made["bob"] = new_user("bob@example.com", display_name="Bob")


@step
def reads():
    """reads what it created"""
    equal(scim.query(model("User"), made["ada"].id), made["ada"])


@step
def reads_again():
    """reads again and is told that nothing has changed"""
    known = scim.query(model("User"), made["ada"].id)
    equal(scim.query(known) is known, True)


@step
def filters():
    """finds people by each of the usual filters"""
    for expression in [
        'userName eq "ADA@example.com"',
        'externalId eq "e-1"',
        'emails[type eq "work" and value sw "ada@"]',
        'name.familyName co "love" and active eq true',
        f'{ENTERPRISE}:department eq "Engines"',
        f'{CALENDLY}:group eq "Sales"',
        f'id eq "{made["ada"].id}" and not (userName eq "bob@example.com")',
    ]:
        equal((expression, found("User", expression)), (expression, [made["ada"].id]))
    equal(found("User", 'userName eq "nobody"'), [])


@step
def pages():
    """walks a sorted list page by page"""
    names = []
    for start in (1, 2):
        page = listed("User", sort_by="userName", sort_order="descending", start_index=start, count=1)
        equal((page.total_results, page.items_per_page, page.start_index), (2, 1, start))
        names += [each.user_name for each in page.resources]
    equal(names, ["bob@example.com", "ada@example.com"])


@step
def follows_cursors():
    """walks the same list by cursor, and is refused with a cursor that nobody gave out"""
    first = listed("User", sort_by="userName", cursor="", count=1)
    equal((first.previous_cursor, first.total_results), (None, 2))
    last = listed("User", sort_by="userName", cursor=first.next_cursor, count=1)
    names = [each.user_name for page in (first, last) for each in page.resources]
    equal((names, last.next_cursor), (["ada@example.com", "bob@example.com"], None))
    equal(refusal(lambda: listed("User", cursor="nobody", count=1)), (400, "invalidCursor"))


@step
def projects():
    """asks for one attribute and gets no other"""
    (only,) = listed("User", filter='externalId eq "e-1"', attributes=["userName"]).resources
    equal((only.user_name, only.display_name, only.emails), ("ada@example.com", None, None))


@step
def replaces():
    """replaces a person, and what it leaves out is gone"""
    ada = scim.query(model("User"), made["ada"].id)
    ada.display_name = "Countess"
    ada.name = None
    replaced = scim.replace(ada)
    equal((replaced.display_name, replaced.name), ("Countess", None))
    equal(replaced.meta.version == made["ada"].meta.version, False)


@step
def replaces_stale():
    """is refused with 412 when it replaces what has changed since"""
    equal(refusal(lambda: scim.replace(made["ada"]))[0], 412)


@step
def patches():
    """patches attributes, a part of a list element and an extension"""
    ada = patch(
        made["ada"],
        ("replace", "displayName", "Ada L."),
        ("add", "name.givenName", "Augusta"),
        ("replace", 'emails[type eq "work"].value', "a@example.com"),
        ("replace", f"{CALENDLY}:group", "Support"),
        ("remove", f"{ENTERPRISE}:department", None),
    )
    extensions = type(ada).get_extension_models()
    equal((ada.display_name, ada.name.given_name, ada.emails[0].value), ("Ada L.", "Augusta", "a@example.com"))
    equal((ada[extensions[CALENDLY]].group, ada[extensions[ENTERPRISE]].department), ("Support", None))


@step
def deactivates():
    """deactivates a person, who stays readable and can be found"""
    equal(patch(made["bob"], ("replace", "active", False)).active, False)
    equal(found("User", "active eq false"), [made["bob"].id])


@step
def groups():
    """creates a group with a member, who shows it"""
    kind = model("Group")
    made["group"] = scim.create(kind(display_name="Sales", members=[{"value": made["ada"].id}]))
    (member,) = scim.query(kind, made["group"].id).members
    equal((member.value, member.type), (made["ada"].id, "User"))
    equal(found("Group", f'members.value eq "{made["ada"].id}"'), [made["group"].id])
    ada = scim.query(model("User"), made["ada"].id)
    equal([(each.value, each.display) for each in ada.groups], [(made["group"].id, "Sales")])


@step
def members():
    """adds a member and removes another by a filter in the path"""
    group = patch(made["group"], ("add", "members", [{"value": made["bob"].id}]))
    equal({each.value for each in group.members}, {made["ada"].id, made["bob"].id})
    group = patch(made["group"], ("remove", f'members[value eq "{made["ada"].id}"]', None))
    equal([each.value for each in group.members], [made["bob"].id])


@step
def searches():
    """searches by POST and by GET, among people and groups at once"""
    wanted = SearchRequest(filter='displayName eq "Sales" or userName eq "ada@example.com"', sort_by="id")
    expected = {("Group", made["group"].id), ("User", made["ada"].id)}
    for answer in (scim.search(wanted), scim.query(query_parameters=wanted)):
        equal({(each.meta.resource_type, each.id) for each in answer.resources}, expected)
    narrow = SearchRequest(filter='userName sw "ada"', attributes=["userName"])
    (only,) = scim.search(model("User"), narrow).resources
    equal((only.user_name, only.emails), ("ada@example.com", None))


@step
def replaces_group():
    """replaces a group with its members"""
    group = scim.query(model("Group"), made["group"].id)
    group.display_name = "Support"
    group.members = [{"value": made["ada"].id}]
    replaced = scim.replace(group)
    equal((replaced.display_name, [each.value for each in replaced.members]), ("Support", [made["ada"].id]))


@step
def bulk():
    """creates a person and their group in one request and deletes both in another, where that is published"""
    if not scim.provider.config.bulk.supported:
        equal(http.post("/Bulk", json={}).status_code, 501)
        return
    user, group = model("User"), model("Group")
    member = {"value": "bulkId:person"}
    answer = scim.bulk(BulkRequest[user | group](fail_on_errors=1, operations=[
        BulkOperation[group](method="POST", path="/Groups", bulk_id="group", data=group(display_name="Bulk", members=[member])),
        BulkOperation[user](method="POST", path="/Users", bulk_id="person", data=user(user_name="carl@example.com")),
    ]))
    equal([(each.bulk_id, each.status) for each in answer.operations], [("group", 201), ("person", 201)])
    paths = [each.location.removeprefix(os.environ["SCIM_BASE_URL"]) for each in answer.operations]
    (carl,) = listed("User", filter='userName eq "carl@example.com"').resources
    equal([each.display for each in carl.groups], ["Bulk"])
    removal = [BulkOperation[user](method="DELETE", path=path) for path in paths]
    answer = scim.bulk(BulkRequest[user | group](operations=removal))
    equal([each.status for each in answer.operations], [204, 204])


@step
def refused():
    """is refused with the right status and keyword"""
    user = model("User")
    equal(refusal(lambda: new_user("ADA@example.com")), (409, "uniqueness"))
    equal(refusal(lambda: scim.query(user, "nobody"))[0], 404)
    equal(refusal(lambda: found("User", "active gt true")), (400, "invalidFilter"))
    # The client would not even send this by itself.
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "id", "value": "other"}],
    }
    change = lambda: scim.modify(user, made["ada"].id, body, check_request_payload=False)
    equal(refusal(change), (400, "mutability"))


@step
def deletes():
    """deletes everything, which is gone at once"""
    for key, name in (("group", "Group"), ("ada", "User"), ("bob", "User")):
        scim.delete(model(name), made[key].id)
        equal(refusal(lambda: scim.query(model(name), made[key].id))[0], 404)
        equal(listed(name, filter=f'id eq "{made[key].id}"').total_results, 0)


for name, work in steps:
    try:
        work()
        print(json.dumps({"name": name, "outcome": "passed", "detail": ""}))
    except Exception as failure:
        where = traceback.extract_tb(failure.__traceback__)[1]
        detail = f"{type(failure).__name__} in {where.name}: {failure}"
        print(json.dumps({"name": name, "outcome": "failed", "detail": detail}))
