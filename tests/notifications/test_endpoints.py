"""Endpoints of a company's programs: who may, what is an address, secrets that overlap, what can be sent again."""

from datetime import timedelta

import pytest

from financehub.core import clock
from financehub.core.errors import Denied, Invalid, NotFound
from financehub.notifications import endpoints
from financehub.notifications.models import Delivery, WebhookEndpoint

URL = "https://erp.example.com/hook"


@pytest.fixture
def issued(bakery, ana, by_ana):
    return endpoints.add(company=bakery, url=URL, kinds=[], by=by_ana)


def test_a_secret_is_sealed_in_the_database(issued):
    raw = (
        WebhookEndpoint.objects.across_companies()
        .extra(select={"raw": "secret"})
        .values_list("raw", flat=True)
    )
    assert issued.secret.encode() not in bytes(raw.get())
    assert WebhookEndpoint.objects.across_companies().get().secret == issued.secret


def test_only_those_who_manage_the_company_may(bakery, bruno, by_bruno, issued):
    one = issued.endpoint
    for deed in (
        lambda: endpoints.add(company=bakery, url="https://x.example/", kinds=[], by=by_bruno),
        lambda: endpoints.change(endpoint=one, kinds=[], description="", by=by_bruno),
        lambda: endpoints.rotate(endpoint=one, by=by_bruno),
        lambda: endpoints.enable(endpoint=one, by=by_bruno),
        lambda: endpoints.disable(endpoint=one, by=by_bruno),
        lambda: endpoints.remove(endpoint=one, by=by_bruno),
        lambda: endpoints.replay_missed(endpoint=one, by=by_bruno),
        lambda: endpoints.replay_one(endpoint=one, delivery_id=one.pk, by=by_bruno),
    ):
        with pytest.raises(Denied):
            deed()
    assert endpoints.endpoints_of(bakery) == [one]


@pytest.mark.parametrize(
    "url", ["http://erp.example.com/", "https://a:b@erp.example.com/", "x" * 600, "https://"]
)
def test_what_is_no_address_is_refused(bakery, by_ana, url):
    with pytest.raises(Invalid):
        endpoints.add(company=bakery, url=url, kinds=[], by=by_ana)


def test_plain_http_only_where_the_operator_opened_a_network(bakery, by_ana, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    endpoints.add(company=bakery, url="http://127.0.0.1:9000/", kinds=[], by=by_ana)


def test_there_is_an_end_to_endpoints(bakery, by_ana, ana):
    for number in range(endpoints.MOST_ENDPOINTS):
        endpoints.add(company=bakery, url=f"{URL}/{number}", kinds=[], by=by_ana)
    with pytest.raises(Invalid):
        endpoints.add(company=bakery, url=f"{URL}/more", kinds=[], by=by_ana)


def test_the_former_secret_signs_for_a_day(issued, by_ana):
    fresh = endpoints.rotate(endpoint=issued.endpoint, by=by_ana)
    at = clock.now()
    assert fresh.endpoint.secrets_at(at) == [fresh.secret, issued.secret]
    assert fresh.endpoint.secrets_at(at + endpoints.OVERLAP + timedelta(minutes=1)) == [fresh.secret]


def test_whoever_rotates_twice_cuts_nobody_off(issued, by_ana):
    first = endpoints.rotate(endpoint=issued.endpoint, by=by_ana)
    second = endpoints.rotate(endpoint=first.endpoint, by=by_ana)
    at = clock.now()
    assert second.endpoint.secrets_at(at) == [second.secret, first.secret, issued.secret]
    for _ in range(9):
        second = endpoints.rotate(endpoint=second.endpoint, by=by_ana)
    assert len(second.endpoint.secrets_at(at)) == 4
    later = at + endpoints.OVERLAP + timedelta(minutes=1)
    assert second.endpoint.secrets_at(later) == [second.secret]


def test_a_delivery_of_another_endpoint_is_not_found(issued, make_delivery, by_ana):
    stray = make_delivery("webhook", target="01a2", person=None)
    with pytest.raises(NotFound):
        endpoints.replay_one(endpoint=issued.endpoint, delivery_id=stray.pk, by=by_ana)


def test_what_failed_or_was_skipped_is_sent_again_and_nothing_else(issued, make_delivery, by_ana):
    for status in ("failed", "skipped", "sent", "waiting"):
        make_delivery("webhook", target=str(issued.endpoint.pk), person=None, status=status)
    assert endpoints.replay_missed(endpoint=issued.endpoint, by=by_ana) == 2
    statuses = endpoints.deliveries_of(issued.endpoint).values_list("status", flat=True)
    assert sorted(statuses) == ["sent", "waiting", "waiting", "waiting"]
    assert Delivery.objects.across_companies().count() == 4
