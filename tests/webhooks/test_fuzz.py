"""Whatever is thrown at the door: never a 500, never a stored forgery, and what is accepted is stored."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.webhooks.knocks import SECRET, knock

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
