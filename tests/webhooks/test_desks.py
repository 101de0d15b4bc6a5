"""Which events need nobody but us, and who answers what."""

import pytest
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.core import crypto
from financehub.webhooks.desks import BY_OBJECT, DESKS, UNKNOWN, notice_of
from financehub.webhooks.models import WebhookEvent


class TestDesk:
    def test_answers_an_older_name_like_its_successor(self):
        desk = DESKS["pluggy"]
        assert desk.answer_to("item/login_failed") is desk.answers["item/error"]
        assert desk.knows("item/login_failed")

    def test_answers_a_name_it_does_not_know_as_unknown(self):
        assert DESKS["stripe"].answer_to("moon/landed") is UNKNOWN
        assert not DESKS["stripe"].knows("moon/landed")


@pytest.mark.django_db
class TestWhatIsHandledByObject:
    def test_is_what_asks_a_vendor_and_what_killed_its_workers(self):
        asking = [make_event(body(name)) for name in ("item/updated", "consent/revoked")]
        asking.append(make_event(source="stripe", type="invoice.paid"))
        asking.append(make_event(status="processing", attempts=2))
        local = [make_event(body("payment_intent/created")), make_event(status="processing", attempts=1)]
        local += [
            make_event(source="stripe", type="test_helpers.test_clock.ready"),
            make_event(body("moon/landed")),
        ]

        assert set(WebhookEvent.objects.filter(BY_OBJECT)) == set(asking)
        assert set(WebhookEvent.objects.exclude(BY_OBJECT)) == set(local)


@pytest.mark.django_db
def test_a_body_that_no_key_opens_says_so(settings):
    event = make_event()
    (taken,) = WebhookEvent.objects.take([event.pk], event.received_at)
    assert notice_of(taken).type == "boleto/updated"
    settings.FINANCEHUB_KEYS = f"other:{crypto.new_key()}"
    with pytest.raises(crypto.Undecipherable):
        notice_of(taken)
