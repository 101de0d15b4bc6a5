"""Questions an Item answers about itself, from the vendor's words alone."""

from datetime import UTC, datetime, timedelta

import pytest

from financehub.banking.models import Item
from financehub.banking.models.items import NEEDS_RECONNECT

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "questions"),
    [
        ("UPDATING", {"is_updating"}),
        ("MERGING", {"is_updating"}),
        ("WAITING_USER_INPUT", {"is_waiting_for_input"}),
        ("WAITING_USER_ACTION", {"is_waiting_for_action"}),
        ("UPDATED", {"is_healthy"}),
        ("OUTDATED", set()),
        ("LOGIN_ERROR", {"needs_reconnect"}),
        ("A_NEW_WORD", set()),
    ],
)
def test_a_status_answers_exactly_its_questions(status: str, questions: set[str]) -> None:
    item = Item(status=status)
    asked = {
        "is_updating": item.is_updating,
        "is_waiting_for_input": item.is_waiting_for_input,
        "is_waiting_for_action": item.is_waiting_for_action,
        "is_healthy": item.is_healthy,
        "needs_reconnect": item.needs_reconnect,
    }
    assert {name for name, answer in asked.items() if answer} == questions


@pytest.mark.parametrize("word", sorted(NEEDS_RECONNECT))
def test_some_endings_need_the_person_whatever_the_status_says(word: str) -> None:
    assert Item(status="OUTDATED", execution_status=word).needs_reconnect


def test_a_disconnected_item_is_not_healthy() -> None:
    item = Item(status="UPDATED", disconnected_at=AT)
    assert (item.is_disconnected, item.is_healthy) == (True, False)


@pytest.mark.parametrize(
    ("collected", "read", "news"),
    [
        (None, None, False),
        (AT, None, True),
        (AT, AT, False),
        (AT, AT - timedelta(seconds=1), True),
    ],
)
def test_there_is_news_when_the_vendor_collected_since_the_last_read(
    collected: datetime | None, read: datetime | None, news: bool
) -> None:
    assert Item(last_updated_at=collected, read_up_to=read).has_news is news


@pytest.mark.parametrize(
    ("detail", "fresh"),
    [
        (None, True),
        ({}, True),
        ({"transactions": None}, True),
        ({"transactions": {"isUpdated": True}}, True),
        ({"transactions": {"isUpdated": False}}, False),
        ({"creditCards": {"isUpdated": False}}, True),
    ],
)
def test_a_product_is_stale_only_when_the_vendor_says_so(
    detail: dict[str, object] | None, fresh: bool
) -> None:
    assert Item(status_detail=detail).product_is_fresh("transactions") is fresh


def test_the_stage_is_the_most_precise_word() -> None:
    assert Item(status="UPDATING", execution_status="LOGIN_IN_PROGRESS").stage == "LOGIN_IN_PROGRESS"
    assert Item(status="UPDATING").stage == "UPDATING"
