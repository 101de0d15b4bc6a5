"""Whatever is thrown at the door: never a 500, never a stored forgery, and what is accepted is stored."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.webhooks.knocks import SECRET, knock
from tests.webhooks.stripe_knocks import stripe_body, stripe_knock

from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db
PATIENT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
events = st.fixed_dictionaries(
    {"event": st.sampled_from(["item/updated", "connector/status_updated", "new/name"]) | values},
    optional=dict.fromkeys(("eventId", "itemId", "connectorId", "paymentRequestId", "data"), values),
)
headers = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)


@PATIENT
@given(content=events)
def test_an_event_is_stored_or_refused(content):
    before = WebhookEvent.objects.count()
    answer = knock(content)
    assert answer.status_code in {202, 400}
    stored = WebhookEvent.objects.count() - before
    assert stored == (answer.status_code == 202 and not answer.json()["duplicate"])


@PATIENT
@given(content=st.binary(min_size=1, max_size=200))
def test_bytes_of_any_kind_are_refused(content):
    assert knock(content).status_code in {202, 400}


@PATIENT
@given(content=events, secret=headers.filter(lambda given: given.strip() != SECRET))
def test_a_forgery_is_never_stored(content, secret):
    before = WebhookEvent.objects.count()
    assert knock(json.dumps(content).encode(), secret=secret).status_code == 401
    assert WebhookEvent.objects.count() == before


TIMES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "2026-02-30", 2**70, -1, 0.5]
parts = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["invoice.paid", "new.name"]) | values,
        "id": values,
        "created": st.sampled_from(TIMES) | values,
        "object": st.sampled_from(["event", "v2.core.event"]) | values,
        "data": st.fixed_dictionaries({"object": values | st.fixed_dictionaries({"object": values})})
        | values,
        "livemode": values,
        "account": values,
        "api_version": values,
        "more": values,
    },
)


@PATIENT
@given(changes=parts)
def test_a_signed_event_of_stripe_is_stored_or_refused(changes):
    before = WebhookEvent.objects.count()
    answer = stripe_knock(stripe_body(**changes))
    assert answer.status_code in {202, 400}
    assert WebhookEvent.objects.count() - before == (answer.status_code == 202)


@pytest.mark.parametrize("created", TIMES)
@pytest.mark.parametrize("envelope", ["event", "v2.core.event"])
def test_a_time_that_no_event_has_is_refused_and_spoils_no_list(created, envelope):
    assert stripe_knock(stripe_body(object=envelope, created=created)).status_code == 400
    assert list(WebhookEvent.objects.all()) == []


@PATIENT
@given(content=events, header=headers)
def test_a_forgery_of_stripe_is_never_stored(content, header):
    before = WebhookEvent.objects.count()
    assert stripe_knock(content, header=header or "t=1").status_code == 400
    assert WebhookEvent.objects.count() == before
