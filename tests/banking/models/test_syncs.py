"""The life of a Sync, and its receipt."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_item

from financehub.banking.models import Item, Sync
from financehub.core import clock
from financehub.core.states import InvalidTransition


def make_sync(item: Item, status: str = "PENDING") -> Sync:
    at = clock.now()
    return Sync.objects.create(
        company=item.company, item=item, status=status, trigger="timer", due_at=at, requested_at=at
    )


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["PENDING", "RUNNING"])
def test_the_database_refuses_a_second_open_sync_of_an_item(status: str) -> None:
    item = make_item()
    make_sync(item, status)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sync(item)
    make_sync(item, "SUCCEEDED")
    make_sync(make_item())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "target", "may"),
    [
        ("PENDING", "RUNNING", True),
        ("PENDING", "FAILED", True),
        ("PENDING", "SUCCEEDED", False),
        ("RUNNING", "PENDING", True),
        ("RUNNING", "SUCCEEDED", True),
        ("RUNNING", "FAILED", True),
        ("SUCCEEDED", "RUNNING", False),
        ("SUCCEEDED", "PENDING", False),
        ("FAILED", "RUNNING", False),
    ],
)
def test_a_sync_moves_only_forward_or_back_to_waiting(source: str, target: str, may: bool) -> None:
    sync = make_sync(make_item(), source)
    if may:
        sync.move_to(target)
    else:
        with pytest.raises(InvalidTransition):
            sync.move_to(target)
    sync.refresh_from_db()
    assert sync.status == (target if may else source)


@given(counts=st.lists(st.integers(min_value=0, max_value=9), min_size=5, max_size=5), more=st.integers(0, 3))
def test_a_receipt_adds_up_when_its_parts_do(counts: list[int], more: int) -> None:
    names = ("new", "changed", "unchanged", "returned", "queued")
    receipt = Sync(read=sum(counts) + more, withdrawn=5, **dict(zip(names, counts, strict=True)))
    assert receipt.adds_up is (more == 0)


def test_how_long_it_took_is_known_when_it_ended() -> None:
    at = clock.now()
    assert Sync(started_at=at).seconds is None
    assert Sync(started_at=at, finished_at=at + timedelta(seconds=1.5)).seconds == 1.5
