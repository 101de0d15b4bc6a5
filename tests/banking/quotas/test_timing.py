"""A timer looks after the vendor's next run, never before."""

from datetime import timedelta

import pytest
from tests.builders import make_item

from financehub.banking.models import Item
from financehub.banking.quotas.timing import due_for_a_look
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("next_in_hours", "is_read", "expected"),
    [(2, True, False), (-1, True, True), (2, False, True), (None, True, True)],
)
def test_only_what_is_read_and_has_its_next_run_ahead_is_left_alone(
    next_in_hours: int | None, is_read: bool, expected: bool
) -> None:
    at = clock.now()
    make_item(
        last_updated_at=at,
        read_up_to=at if is_read else at - timedelta(days=1),
        next_auto_sync_at=None if next_in_hours is None else at + timedelta(hours=next_in_hours),
    )
    found = due_for_a_look(Item.objects.across_companies().connected(), at=at)
    assert found.exists() is expected


def test_what_was_never_read_is_looked_at() -> None:
    make_item(next_auto_sync_at=clock.now() + timedelta(hours=2), read_up_to=None)
    assert due_for_a_look(Item.objects.across_companies(), at=clock.now()).exists()
