"""npm's `pluggy-sdk` drives the simulator in its own language; what it saw comes back as JSON."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.simulator import start


@pytest.fixture(scope="module")
def seen(node_client: Path) -> dict:
    """The one object `drive.mjs` prints. The SDK reads the key's expiry by the real clock, so ours is real too."""
    process, simulator = start()
    keys = {
        "PLUGGY_API_URL": simulator.url,
        "PLUGGY_CLIENT_ID": simulator.client_id,
        "PLUGGY_CLIENT_SECRET": simulator.client_secret,
    }
    done = subprocess.run(
        ["node", "drive.mjs"],
        check=False,
        cwd=node_client,
        env=os.environ | keys,
        capture_output=True,
        text=True,
        timeout=120,
    )
    process.terminate()
    process.wait(timeout=10)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_reads_connectors(seen: dict) -> None:
    found = seen["connectors"]
    assert found["count"] > 150
    assert {0, 2, 5, 600} <= set(found["sandboxIds"])
    assert "Nubank" in found["named"]
    assert (found["one"], found["invalid"]) == ("Itaú", ["user"])


def test_connects_updates_answers_and_deletes(seen: dict) -> None:
    found = seen["items"]
    assert (found["item"]["status"], found["item"]["executionStatus"]) == ("UPDATED", "SUCCESS")
    assert found["item"]["clientUserId"] == "person-1"
    assert (found["tokenParts"], found["updating"], found["updated"]) == (3, "UPDATING", "SUCCESS")
    assert found["asked"] == ["WAITING_USER_INPUT", "token", True]
    assert (found["answered"], found["done"]) == ("UPDATING", "SUCCESS")
    assert (found["deleted"]["code"], found["deleted"]["codeDescription"]) == (404, "ITEM_NOT_FOUND")


def test_reads_every_transaction_once(seen: dict) -> None:
    found = seen["accounts"]
    assert found["subtypes"] == ["CHECKING_ACCOUNT", "SAVINGS_ACCOUNT", "CREDIT_CARD"]
    assert found["rows"] == found["distinct"] == found["total"] > 1000
    assert found["cardRows"] > 1000
    assert found["dated"] is found["numbers"] is found["same"] is True
    assert (found["months"], found["chosen"]) == (["2026-09"], 3)
    assert found["category"] == ["Donations", "13000000"]


def test_reads_statements_and_bills(seen: dict) -> None:
    found = seen["accounts"]
    assert (found["statements"], found["bill"]) == (12, True)
    assert found["bills"] >= 24


def test_reads_the_other_products(seen: dict) -> None:
    found = seen["products"]
    assert (found["investments"], found["fixedIncome"], found["investment"]) == (3, 2, True)
    assert found["movements"] == found["firstMovements"] >= 24
    assert (found["loans"], found["loan"]) == (["Financiamento de veículo"], 42_000)
    assert found["identity"] == ["Ana Beatriz Carvalho Lima", "761.092.776-73"]
    assert (found["consents"], found["consent"]) == (1, True)


def test_keeps_webhooks_and_reads_categories(seen: dict) -> None:
    found = seen["rest"]
    assert (found["categories"], found["category"]) == (130, "Transfer - PIX")
    assert found["webhook"] == [{"X-Key": "secret"}, "all", 1, "all"]


def test_refusals_arrive_as_the_parsed_body(seen: dict) -> None:
    found = seen["rest"]
    assert (found["missing"]["code"], found["missing"]["codeDescription"]) == (404, "ACCOUNT_NOT_FOUND")
    assert found["badToken"] is not None
