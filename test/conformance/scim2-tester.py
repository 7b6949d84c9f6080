# Runs scim2-tester, the suite behind `scim2 test`, and prints each of its checks as a line of JSON.
import json
import os
import random

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

OUTCOMES = {
    Status.SUCCESS: "passed",
    Status.COMPLIANT: "passed",
    Status.ACCEPTABLE: "passed",
    Status.SKIPPED: "skipped",
}


def name_of(result):
    """Which check it is, of which resource type, on which attribute."""
    attribute = result.data.get("urn") if isinstance(result.data, dict) else None
    return " ".join(filter(None, [result.resource_type, result.title, attribute]))


# The suite invents its values; the same ones every time make a failure repeatable.
random.seed(7644)
headers = {"Authorization": f"Bearer {os.environ['SCIM_TOKEN']}"}
with Client(base_url=os.environ["SCIM_BASE_URL"], headers=headers) as http:
    for result in check_server(SyncSCIMClient(http)):
        outcome = OUTCOMES.get(result.status, "failed")
        detail = f"{result.status.name}: {result.reason}"
        print(json.dumps({"name": name_of(result), "outcome": outcome, "detail": detail}))
