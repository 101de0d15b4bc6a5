"""An endpoint that fails is remembered, one that was disabled and answers again is told as back."""

import pytest

from financehub.core import clock
from financehub.notifications import endpoint_health, endpoints
from financehub.notifications.models import Notification, WebhookEndpoint


@pytest.fixture
def endpoint(bakery, ana, by_ana):
    return endpoints.add(company=bakery, url="https://erp.example.com/", kinds=[], by=by_ana).endpoint


def fresh(endpoint):
    return WebhookEndpoint.objects.of(endpoint.company_id).get(pk=endpoint.pk)


def test_failures_in_a_row_are_counted_from_the_first(endpoint):
    endpoint_health.note_failure(endpoint, "timeout")
    since = fresh(endpoint).failing_since
    endpoint_health.note_failure(endpoint, "http_500")
    now = fresh(endpoint)
    assert (now.failures, now.failing_since, now.last_error) == (2, since, "http_500")


def test_a_success_ends_the_row(endpoint):
    endpoint_health.note_failure(endpoint, "timeout")
    endpoint_health.note_success(endpoint)
    now = fresh(endpoint)
    assert (now.failures, now.failing_since, now.last_error) == (0, None, "")
    assert now.last_ok_at is not None


def test_the_first_success_after_a_disabling_is_told_once(endpoint, bakery, by_ana):
    WebhookEndpoint.objects.of(bakery).update(disabled_at=clock.now(), disabled_why="http_500")
    endpoints.enable(endpoint=endpoint, by=by_ana)
    endpoint_health.note_success(fresh(endpoint))
    endpoint_health.note_success(fresh(endpoint))
    assert Notification.objects.of(bakery).filter(kind="webhook_recovered").count() == 1


def test_an_endpoint_that_was_never_disabled_is_not_told_as_back(endpoint, bakery):
    endpoint_health.note_failure(endpoint, "timeout")
    endpoint_health.note_success(endpoint)
    assert not Notification.objects.of(bakery).filter(kind="webhook_recovered").exists()
