"""What a collection brings home."""

from tests.pluggy_sandbox.box import Box, Receiver

from pluggy_sandbox.collection import NewRows, RowNews, merge_news
from pluggy_sandbox.portfolio.model import Changes

DAY = 24 * 3600


def changes(created: list[str], day: str) -> Changes:
    found = Changes()
    mine = found.of("a")
    mine.created, mine.min_date, mine.created_from = created, day, day
    return found


def test_news_of_two_steps_are_added_up() -> None:
    news: dict[str, RowNews] = {}
    merge_news(news, changes(["1", "2"], "2026-11-02"))
    merge_news(news, changes(["3"], "2026-11-01"))
    assert news["a"].created == NewRows(3, "2026-11-01", "2026-11-01")


def test_days_that_pass_bring_new_rows_with_the_next_run(box: Box, receiver: Receiver) -> None:
    item = box.connected()
    account = box.account(item["id"])
    before = {row["id"] for row in box.all_transactions(account["id"])}
    box.advance(10 * DAY)
    assert {row["id"] for row in box.all_transactions(account["id"])} == before
    box.post("/webhooks", {"event": "transactions/created", "url": receiver.url})
    box.patch(f"/items/{item['id']}")
    box.advance(10)
    created = {knock.body["accountId"]: knock.body for knock in receiver.knocks}[account["id"]]
    fresh = box.all_transactions(account["id"], createdAtFrom=created["transactionsCreatedAtFrom"])
    assert len(fresh) == created["transactionsCount"] > 0
    assert not {row["id"] for row in fresh} & before


def test_a_stale_product_keeps_the_date_of_its_last_good_run(box: Box) -> None:
    item = box.connected()
    box.world.get_item(item["id"]).parameters["user"] = "user-ok-account-error"
    box.advance(DAY)
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    detail = box.item(item["id"])["statusDetail"]
    assert detail["accounts"]["lastUpdatedAt"] == item["lastUpdatedAt"]
    assert detail["identity"]["lastUpdatedAt"] > item["lastUpdatedAt"]
    assert len(box.accounts(item["id"])) == 3
