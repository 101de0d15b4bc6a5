"""Who sees which events, and in which pages."""

import pytest
from tests.builders import make_company
from tests.webhooks.rows import make_event

from financehub.core.errors import Invalid
from financehub.webhooks import listing
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


class TestVisible:
    def test_is_what_is_about_the_company(self, bakery):
        other = make_company()
        ours = make_event(company_id=bakery.pk)
        make_event(company_id=other.pk)
        make_event()
        assert list(listing.visible(bakery)) == [ours]
        assert listing.visible(bakery, is_staff=True).count() == 3

    def test_is_everything_to_a_company_that_is_alone(self, bakery):
        make_event()
        assert listing.visible(bakery).count() == 1


class TestPage:
    def test_goes_from_the_newest_to_the_oldest(self):
        events = [make_event() for _ in range(5)]
        first = listing.page(WebhookEvent.objects.all(), limit=3)
        second = listing.page(WebhookEvent.objects.all(), after=first.next, limit=3)
        assert [*first.rows, *second.rows] == events[::-1]
        assert second.next is None

    def test_refuses_a_mark_of_somebody_else(self):
        with pytest.raises(Invalid):
            listing.page(WebhookEvent.objects.all(), after="x")
