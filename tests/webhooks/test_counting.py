"""Refusals are counted by layer, and nothing else is kept of them."""

import pytest
from tests.webhooks.knocks import body, knock
from tests.webhooks.stripe_knocks import stripe_body, stripe_knock

from financehub.webhooks import counting
from financehub.webhooks.models import WebhookEvent, WebhookRefusal

pytestmark = pytest.mark.django_db


class TestCountRefusal:
    def test_is_done_by_the_door_for_each_layer(self, settings):
        knock(body(), secret="wrong")
        knock(body(), secret=None)
        knock(b"[]")
        knock(b"x", content_type="text/plain")
        stripe_knock(stripe_body(), header="t=1,v1=x")

        assert counting.totals() == {
            ("pluggy", "authenticity"): 2,
            ("pluggy", "structure"): 1,
            ("pluggy", "content_type"): 1,
            ("stripe", "authenticity"): 1,
        }
        assert not WebhookEvent.objects.exists()


class TestKeep:
    def test_brings_the_counts_into_rows_and_counts_none_twice(self):
        for _ in range(3):
            counting.count("pluggy", "address")
        assert [counting.keep(), counting.keep()] == [3, 0]
        counting.count("pluggy", "address")
        assert counting.keep() == 1
        assert WebhookRefusal.objects.get().count == 4
        assert counting.totals() == {("pluggy", "address"): 4}
