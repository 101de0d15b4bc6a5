"""A row moves only along its table, and of two workers that try at once one wins."""

from datetime import UTC, datetime
from functools import partial

import pytest
from tests.racing import race

from financehub.core.states import InvalidTransition
from financehub.webhooks.models import WebhookEvent

Status = WebhookEvent.Status
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


def make_event(status: str = Status.RECEIVED) -> WebhookEvent:
    return WebhookEvent.objects.create(
        source="pluggy",
        external_id="1",
        type="item/updated",
        body="{}",
        status=status,
        received_at=MOMENT,
        due_at=MOMENT,
    )


@pytest.mark.django_db
class TestMoveTo:
    def test_moves_along_the_table_and_writes_the_changes(self) -> None:
        event = make_event(Status.PROCESSING)
        event.move_to(Status.HANDLED, handled_at=MOMENT)
        assert (event.status, event.handled_at) == (Status.HANDLED, MOMENT)

    @pytest.mark.parametrize("status", [Status.RECEIVED, Status.DEAD, Status.HANDLED])
    def test_refuses_what_is_not_in_the_table(self, status: str) -> None:
        event = make_event(status)
        with pytest.raises(InvalidTransition, match="cannot become failed"):
            event.move_to(Status.FAILED)
        event.refresh_from_db()
        assert event.status == status

    def test_trusts_the_database_over_what_it_read_before(self) -> None:
        event = make_event()
        WebhookEvent.objects.update(status=Status.HANDLED)
        assert not event.try_move_to(Status.PROCESSING)
        assert WebhookEvent.objects.get().status == Status.HANDLED


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_wins() -> None:
    make_event()
    copies = [WebhookEvent.objects.get() for _ in range(4)]
    answers = race(*[partial(copy.try_move_to, Status.PROCESSING) for copy in copies])
    assert sorted(answers) == [False, False, False, True]  # type: ignore[type-var]
