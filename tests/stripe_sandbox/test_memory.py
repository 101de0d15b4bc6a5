import asyncio
from pathlib import Path

from tests.stripe_sandbox.box import Box

from stripe_sandbox.memory import keep_remembering, recall, remember


def test_an_account_lives_on_at_another_address(box: Box, tmp_path: Path) -> None:
    customer = box.customer()
    subscription = box.subscription(customer)
    file = tmp_path / "stripe.json"
    remember(box.world, file)
    later = Box("http://elsewhere")
    recall(later.world, file)
    later.advance(days=31)
    renewed = later.invoice(subscription)
    assert (renewed["amount_paid"], renewed["status"]) == (7900, "paid")
    assert renewed["hosted_invoice_url"].startswith("http://elsewhere/i/")
    assert later.again(customer)["email"] == "ana@example.com"
    first = later.get("/invoices", subscription=subscription["id"])["data"][1]
    assert later.call("GET", first["hosted_invoice_url"]).status_code == 200
    later.close()


def test_items_and_prices_are_the_same_objects_again(box: Box, tmp_path: Path) -> None:
    subscription, dearer = box.subscription(), box.price(19900)
    remember(box.world, tmp_path / "stripe.json")
    later = Box()
    recall(later.world, tmp_path / "stripe.json")
    item = subscription["items"]["data"][0]["id"]
    later.post(f"/subscription_items/{item}", price=dearer["id"], proration_behavior="none")
    assert later.again(subscription)["items"]["data"][0]["price"]["id"] == dearer["id"]
    later.close()


def test_keys_ids_and_test_clocks_are_remembered(box: Box, tmp_path: Path) -> None:
    made = box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="k").json()
    clock = box.post("/test_helpers/test_clocks", frozen_time=box.world.now() + 50)
    remember(box.world, tmp_path / "stripe.json")
    later = Box()
    recall(later.world, tmp_path / "stripe.json")
    assert later.api("POST", "/customers", {"name": "Ana"}, idempotency_key="k").json()["id"] == made["id"]
    assert later.post("/customers", name="Bia")["id"] != made["id"]
    assert later.post("/customers", test_clock=clock["id"])["created"] == later.world.now() + 50
    later.close()


def test_nothing_to_recall_is_fine_and_news_are_written(box: Box, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "stripe.json"
    recall(box.world, file)
    box.customer()

    async def a_moment() -> None:
        task = asyncio.create_task(keep_remembering(box.world, file))
        await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(a_moment())
    assert b"ana@example.com" in file.read_bytes()
