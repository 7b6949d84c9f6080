// A provisioning client's day with the client of SCIM-SDK; it checks status, media type and form of every answer.
import static de.captaingoldfish.scim.sdk.common.constants.EndpointPaths.GROUPS;
import static de.captaingoldfish.scim.sdk.common.constants.EndpointPaths.USERS;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.ListBuilder;
import de.captaingoldfish.scim.sdk.client.builder.PatchBuilder;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.EnterpriseUser;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.BulkResponse;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class ProvisioningDay {

  interface Step {
    void run() throws Exception;
  }

  private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private final ScimRequestBuilder scim;
  private final ObjectMapper json = new ObjectMapper();
  private User grace;
  private User alan;
  private Group team;

  public static void main(String[] ignored) throws Exception {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + System.getenv("SCIM_TOKEN"));
    ScimClientConfig config = ScimClientConfig.builder().httpHeaders(headers).build();
    try (ScimRequestBuilder scim = new ScimRequestBuilder(System.getenv("SCIM_BASE_URL"), config)) {
      new ProvisioningDay(scim).runAll();
    }
  }

  private ProvisioningDay(ScimRequestBuilder scim) {
    this.scim = scim;
  }

  private void runAll() throws Exception {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("discovers the service, its resource types and its schemas", this::discovers);
    steps.put("creates people", this::creates);
    steps.put("reads a person, and is told when nothing has changed", this::reads);
    steps.put("finds people by filters", this::filters);
    steps.put("searches by POST", this::searches);
    steps.put("walks a sorted list page by page", this::pages);
    steps.put("replaces a person if nobody else did so before", this::replaces);
    steps.put("patches attributes, a part of a list element and an extension", this::patches);
    steps.put("deactivates a person, who stays readable", this::deactivates);
    steps.put("creates a group and changes its members", this::groups);
    steps.put("replaces a group with its members", this::replacesGroup);
    // Read as plain JSON: the client takes limits of 0 for a mistake, also where bulk is not supported.
    if (scim.loadServiceProviderConfiguration().at("/bulk/supported").asBoolean()) {
      steps.put("creates a person and their group in one request, and deletes both in another", this::bulk);
    }
    steps.put("is refused with the right status and keyword", this::refused);
    steps.put("deletes everything, which is gone at once", this::deletes);
    for (Map.Entry<String, Step> step : steps.entrySet()) {
      print(step.getKey(), failureOf(step.getValue()));
    }
  }

  private void print(String name, String failure) throws Exception {
    String outcome = failure.isEmpty() ? "passed" : "failed";
    System.out.println(json.writeValueAsString(Map.of("name", name, "outcome", outcome, "detail", failure)));
  }

  private static String failureOf(Step step) {
    try {
      step.run();
      return "";
    } catch (Exception | AssertionError failure) {
      return failure.toString();
    }
  }

  private void discovers() {
    var found = accepted(scim.loadMetaConfiguration().sendRequest());
    equal(true, found.getServiceProvider().getPatchConfig().isSupported());
    equal(Set.of("User", "Group"), found.getResourceTypes().stream().map(each -> each.getName()).collect(Collectors.toSet()));
    equal(true, found.getSchemas().stream().anyMatch(each -> each.getNonNullId().equals(ENTERPRISE)));
  }

  private void creates() {
    grace = accepted(scim.create(User.class, USERS).setResource(User.builder()
        .userName("grace@example.com")
        .externalId("e-2")
        .displayName("Grace")
        .name(Name.builder().givenName("Grace").familyName("Hopper").build())
        .emails(List.of(Email.builder().value("grace@example.com").type("work").primary(true).build()))
        .enterpriseUser(EnterpriseUser.builder().department("Compilers").build())
        .build()).sendRequest());
    equal("Compilers", grace.getEnterpriseUser().get().getDepartment().get());
    equal(grace.getMeta().get().getCreated(), grace.getMeta().get().getLastModified());
    alan = accepted(scim.create(User.class, USERS).setResource(
        User.builder().userName("alan@example.com").build()).sendRequest());
  }

  private void reads() {
    User read = read(User.class, USERS, grace);
    equal(grace.toString(), read.toString());
    ServerResponse<User> again = scim.get(User.class, USERS, id(grace))
        .setETagForIfNoneMatch(read.getMeta().get().getVersion().get()).sendRequest();
    equal(304, again.getHttpStatus());
  }

  private void filters() {
    for (String filter : List.of(
        "userName eq \"GRACE@example.com\"",
        "externalId eq \"e-2\"",
        "emails[type eq \"work\" and value sw \"grace@\"]",
        "name.familyName co \"HOP\" and active eq true",
        ENTERPRISE + ":department eq \"Compilers\"",
        "not (userName eq \"alan@example.com\")")) {
      equal(filter + List.of(id(grace)), filter + found(User.class, USERS, filter));
    }
    equal(List.of(), found(User.class, USERS, "userName eq \"nobody\""));
  }

  private void searches() {
    var asked = scim.list(User.class, USERS).filter("userName sw \"grace\"").attributes("userName").post();
    User only = accepted(asked.sendRequest()).getListedResources().get(0);
    equal(id(grace), id(only));
    equal(false, only.getDisplayName().isPresent());
  }

  private void pages() {
    List<String> names = new ArrayList<>();
    for (int start = 1; start <= 2; start += 1) {
      ListBuilder<User> asked = scim.list(User.class, USERS)
          .sortBy("userName").sortOrder(SortOrder.DESCENDING).startIndex(start).count(1);
      ListResponse<User> page = listed(asked);
      equal(2L, page.getTotalResults());
      equal(1, page.getItemsPerPage());
      page.getListedResources().forEach(each -> names.add(each.getUserName().get()));
    }
    equal(List.of("grace@example.com", "alan@example.com"), names);
  }

  private void replaces() {
    var version = grace.getMeta().get().getVersion().get();
    grace.setDisplayName("Admiral");
    User replaced = accepted(scim.update(User.class, USERS, id(grace)).setETagForIfMatch(version)
        .setResource(grace).sendRequest());
    equal("Admiral", replaced.getDisplayName().get());
    equal(412, scim.update(User.class, USERS, id(grace)).setETagForIfMatch(version)
        .setResource(grace).sendRequest().getHttpStatus());
  }

  private void patches() {
    accepted(scim.patch(User.class, USERS, id(grace))
        .addOperation().op(PatchOp.REPLACE).path("displayName").value("Amazing Grace").next()
        .op(PatchOp.REPLACE).path("emails[type eq \"work\"].value").value("g@example.com").next()
        .op(PatchOp.REMOVE).path("name.familyName").next()
        .op(PatchOp.ADD).path(ENTERPRISE + ":costCenter").value("7").build().sendRequest());
    User read = read(User.class, USERS, grace);
    equal("Amazing Grace", read.getDisplayName().get());
    equal("g@example.com", read.getEmails().get(0).getValue().get());
    equal(false, read.getName().get().getFamilyName().isPresent());
    equal("7", read.getEnterpriseUser().get().getCostCenter().get());
  }

  private void deactivates() {
    accepted(scim.patch(User.class, USERS, id(alan)).addOperation()
        .op(PatchOp.REPLACE).path("active").valueNode(BooleanNode.FALSE).build().sendRequest());
    equal(false, read(User.class, USERS, alan).isActive().get());
    equal(List.of(id(alan)), found(User.class, USERS, "active eq false"));
  }

  private void groups() {
    Group wanted = Group.builder().displayName("Compilers").members(List.of(member(grace))).build();
    team = accepted(scim.create(Group.class, GROUPS).setResource(wanted).sendRequest());
    equal(List.of(id(grace)), membersOf(read(Group.class, GROUPS, team)));
    PatchBuilder<Group> change = scim.patch(Group.class, GROUPS, id(team))
        .addOperation().op(PatchOp.ADD).path("members").valueNodes(List.of(member(alan))).next()
        .op(PatchOp.REMOVE).path("members[value eq \"" + id(grace) + "\"]").build();
    // The client takes a 204 without media type, as RFC 7644 section 3.5.2 allows it, only when it is told to.
    success(change.setExpectedResponseHeaders(Map.of()).sendRequest());
    equal(List.of(id(alan)), membersOf(read(Group.class, GROUPS, team)));
    equal(List.of(id(team)), found(Group.class, GROUPS, "members.value eq \"" + id(alan) + "\""));
    equal(id(team), read(User.class, USERS, alan).getGroups().get(0).getValue().get());
  }

  private void replacesGroup() {
    Group wanted = Group.builder().displayName("Languages").members(List.of(member(grace))).build();
    Group replaced = accepted(scim.update(Group.class, GROUPS, id(team)).setResource(wanted).sendRequest());
    equal("Languages", replaced.getDisplayName().get());
    equal(List.of(id(grace)), membersOf(replaced));
  }

  private void bulk() {
    User carl = User.builder().userName("carl@example.com").build();
    Group crowd = Group.builder().displayName("Crowd").members(List.of(Member.builder().value("bulkId:p").build())).build();
    var made = accepted(scim.bulk().failOnErrors(1)
        .bulkRequestOperation(GROUPS).method(HttpMethod.POST).bulkId("g").data(crowd).next()
        .bulkRequestOperation(USERS).method(HttpMethod.POST).bulkId("p").data(carl).sendRequest());
    equal(List.of(201, 201), statusesOf(made));
    List<String> ids = made.getBulkResponseOperations().stream()
        .map(each -> each.getLocation().get().replaceFirst(".*/", "")).collect(Collectors.toList());
    equal(List.of(ids.get(0)), found(Group.class, GROUPS, "members.value eq \"" + ids.get(1) + "\""));
    var gone = accepted(scim.bulk()
        .bulkRequestOperation(GROUPS + "/" + ids.get(0)).method(HttpMethod.DELETE).next()
        .bulkRequestOperation(USERS + "/" + ids.get(1)).method(HttpMethod.DELETE).sendRequest());
    equal(List.of(204, 204), statusesOf(gone));
  }

  private static List<Integer> statusesOf(BulkResponse response) {
    return response.getBulkResponseOperations().stream().map(each -> each.getStatus()).collect(Collectors.toList());
  }

  private void refused() {
    User twin = User.builder().userName("GRACE@example.com").build();
    refusal(409, "uniqueness", scim.create(User.class, USERS).setResource(twin).sendRequest());
    refusal(400, "invalidFilter", scim.list(User.class, USERS).filter("userName eq").get().sendRequest());
    refusal(400, "mutability", scim.patch(User.class, USERS, id(grace)).addOperation()
        .op(PatchOp.REPLACE).path("id").value("other").build().sendRequest());
    refusal(404, null, scim.get(User.class, USERS, "nobody").sendRequest());
  }

  private void deletes() {
    success(scim.delete(Group.class, GROUPS, id(team)).sendRequest());
    for (User each : List.of(grace, alan)) {
      success(scim.delete(User.class, USERS, id(each)).sendRequest());
      refusal(404, null, scim.get(User.class, USERS, id(each)).sendRequest());
    }
    equal(0L, listed(scim.list(User.class, USERS)).getTotalResults());
  }

  private <T extends ResourceNode> T read(Class<T> kind, String endpoint, T resource) {
    return accepted(scim.get(kind, endpoint, id(resource)).sendRequest());
  }

  private <T extends ResourceNode> List<String> found(Class<T> kind, String endpoint, String filter) {
    return listed(scim.list(kind, endpoint).filter(filter)).getListedResources().stream()
        .map(ProvisioningDay::id).collect(Collectors.toList());
  }

  private static <T extends ResourceNode> ListResponse<T> listed(ListBuilder<T> asked) {
    return accepted(asked.get().sendRequest());
  }

  private static Member member(User user) {
    return Member.builder().value(id(user)).build();
  }

  private static List<String> membersOf(Group group) {
    return group.getMembers().stream().map(each -> each.getValue().get()).collect(Collectors.toList());
  }

  private static String id(ResourceNode resource) {
    return resource.getId().get();
  }

  private static <T extends ScimObjectNode> T accepted(ServerResponse<T> response) {
    return success(response).getResource();
  }

  private static <T extends ScimObjectNode> ServerResponse<T> success(ServerResponse<T> response) {
    if (response.isSuccess()) return response;
    throw new AssertionError("Refused with " + response.getHttpStatus() + ": " + response.getResponseBody());
  }

  private static void refusal(int status, String scimType, ServerResponse<?> response) {
    equal(status, response.getHttpStatus());
    equal(true, response.isValidScimResponse());
    equal(scimType, response.getErrorResponse().getScimType().orElse(null));
  }

  private static void equal(Object expected, Object found) {
    if (expected == null ? found == null : expected.equals(found)) return;
    throw new AssertionError("Expected " + expected + ", found " + found);
  }
}
