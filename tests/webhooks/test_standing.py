"""What an authentic event begins as, layer by layer: each has its count, and none loses it."""

from datetime import timedelta

import pytest
from tests.webhooks.knocks import body

from financehub.core import clock
from financehub.webhooks import counting, standing
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db


def begins(**fields):
    at = clock.now()
    found = standing.of(PLUGGY, PLUGGY.read(body(**fields)), at)
    return found, at


def counted():
    return {layer: times for (_, layer), times in counting.totals().items()}


def test_an_expected_event_is_due_at_once():
    found, at = begins()
    assert (found.status, found.due_at, found.reason) == ("received", at, "")
    assert counted() == {}


def test_an_unknown_type_is_ignored_from_the_start():
    found, _ = begins(event="moon/landed")
    assert (found.status, found.due_at, found.reason) == ("ignored", None, "unknown type")
    assert counted() == {"type": 1}


def test_an_older_name_is_known():
    assert begins(event="consent/revoked")[0].status == "received"


def test_what_is_too_much_waits_for_a_later_minute(settings):
    settings.WEBHOOK_RATE_PER_TYPE = 1
    begins()
    found, at = begins()
    assert (found.status, found.reason) == ("deferred", "over the rate limit of its type")
    assert at < found.due_at <= at + timedelta(minutes=2)
    assert counted() == {"rate": 1}


def test_other_content_waits_for_a_person_even_when_it_is_too_much(settings):
    settings.PLUGGY_CLIENT_ID, settings.WEBHOOK_RATE_PER_TYPE = "ours", 1
    begins()
    found, _ = begins(clientId="theirs")
    assert (found.status, found.due_at, found.reason) == ("deferred", None, "another clientId")
    assert counted() == {"rate": 1, "content": 1}
