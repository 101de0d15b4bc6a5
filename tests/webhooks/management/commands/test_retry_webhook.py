"""`retry_webhook ID`, by our id or the vendor's."""

import pytest
from django.core.management import CommandError, call_command
from tests.webhooks.rows import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["pk", "external_id"])
def test_runs_a_dead_event_again(field, django_capture_on_commit_callbacks, capsys):
    event = make_event(status="dead", attempts=8)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("retry_webhook", str(getattr(event, field)))

    event.refresh_from_db()
    assert (event.status, event.attempts) == ("ignored", 1)
    assert capsys.readouterr().out == "pluggy boleto/updated: queued again\n"


def test_says_when_there_is_no_such_event():
    with pytest.raises(CommandError, match="no such event"):
        call_command("retry_webhook", "nothing")


def test_says_when_the_event_waits_already():
    with pytest.raises(CommandError, match="received already"):
        call_command("retry_webhook", str(make_event().pk))
