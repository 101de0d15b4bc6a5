"""One message for all events of a moment, sent beside the request."""

import time
from threading import get_ident

import pytest
from tests.webhooks.rows import make_event

from financehub.webhooks import waking
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.waking import Bell


def eventually(check, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.01)
    return False


class TestBell:
    def test_sends_once_for_all_who_ring_in_a_moment_and_again_for_who_rings_later(self):
        sent = []
        bell = Bell(lambda: sent.append(get_ident()))

        for _ in range(100):
            bell.ring()
        assert eventually(lambda: sent)
        time.sleep(3 * waking.GAP_SECONDS)
        several = len(sent)
        bell.ring()

        assert eventually(lambda: len(sent) > several)
        assert several <= 3
        assert get_ident() not in sent


@pytest.mark.django_db
class TestRing:
    def test_works_at_once_where_tasks_do(self, django_capture_on_commit_callbacks):
        make_event()
        with django_capture_on_commit_callbacks(execute=True):
            waking.ring()
        assert WebhookEvent.objects.get().status == "ignored"
