from tests.stripe_sandbox.box import DAY, NOON, Box

from stripe_sandbox.endpoints.account import EVENTS_KEPT


def test_the_account_is_brazilian(box: Box) -> None:
    account = box.get("/account")
    assert (account["country"], account["default_currency"], account["charges_enabled"]) == (
        "BR",
        "brl",
        True,
    )


def test_an_endpoints_secret_is_told_once(box: Box) -> None:
    made = box.post("/webhook_endpoints", url="https://shop.example/hook", enabled_events=["invoice.paid"],
                    api_version="2026-10-28.endive")  # fmt: skip
    assert made["secret"].startswith("whsec_")
    again = box.get(f"/webhook_endpoints/{made['id']}")
    assert (again["secret"], again["api_version"]) == (None, "2026-10-28.endive")
    changed = box.post(f"/webhook_endpoints/{made['id']}", enabled_events=["*"], disabled=True)
    assert (changed["enabled_events"], changed["status"]) == (["*"], "disabled")
    box.delete(f"/webhook_endpoints/{made['id']}")
    assert box.get("/webhook_endpoints")["data"] == []
    assert (
        box.refused("POST", "/webhook_endpoints", url="shop", enabled_events=["*"])["code"] == "url_invalid"
    )


def test_events_are_kept_thirty_days_and_filtered(box: Box) -> None:
    box.customer()
    assert len(box.get("/events", type="customer.created")["data"]) == 1
    assert len(box.get("/events", types=["customer.created", "payment_method.attached"])["data"]) == 2
    assert len(box.get("/events", type="customer.*")["data"]) == 2
    assert box.refused("GET", "/events", types=[f"a.{n}" for n in range(21)])["param"] == "types"
    box.advance(seconds=EVENTS_KEPT + 1)
    assert box.get("/events")["data"] == []


def test_a_test_clock_moves_forward_only_and_takes_its_customers_with_it(box: Box) -> None:
    clock = box.post("/test_helpers/test_clocks", frozen_time=NOON, name="a year")
    customer = box.customer(test_clock=clock["id"])
    path = f"/test_helpers/test_clocks/{clock['id']}"
    assert box.post(f"{path}/advance", frozen_time=NOON + DAY)["status"] == "advancing"
    assert (box.get(path)["status"], box.get(path)["frozen_time"]) == ("ready", NOON + DAY)
    assert box.refused("POST", f"{path}/advance", frozen_time=NOON)["param"] == "frozen_time"
    box.delete(path)
    assert box.get(f"/customers/{customer['id']}")["deleted"] is True


def test_features_have_lookup_keys(box: Box) -> None:
    made = box.post("/entitlements/features", name="Sync", lookup_key="sync")
    assert box.get("/entitlements/features", lookup_key="sync")["data"][0]["id"] == made["id"]
    assert box.get("/entitlements/active_entitlements", customer=box.customer()["id"])["data"] == []
