"""Vendor events by API: seen by filter, run again, only one's own."""

import pytest
from tests.api.callers import with_key
from tests.builders import make_company, make_member
from tests.people import signed_in
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.companies.models import Role


@pytest.fixture
def admin(ana, bakery):
    make_company()  # the bakery is not alone here
    return with_key(ana, bakery, "admin")


class TestTheList:
    def test_shows_the_companys_events_by_filter(self, admin, bakery):
        dead = make_event(body("item/error"), status="dead", company_id=bakery.pk, last_error="why")
        make_event(company_id=bakery.pk)
        make_event(status="dead")

        (row,) = admin.get("/api/webhook-events/?status=dead").json()["results"]

        assert (row["id"], row["type"], row["reason"]) == (str(dead.pk), "item/error", "why")

    def test_is_not_for_a_reader(self, ana, bakery):
        answer = with_key(ana, bakery, "read").get("/api/webhook-events/")
        assert answer.status_code == 403


class TestOneEvent:
    def test_shows_its_masked_body_to_an_owner_in_person(self, ana_browser, bakery):
        event = make_event(body("item/updated", note="private"), company_id=bakery.pk)
        told = ana_browser.get(f"/api/webhook-events/{event.pk}/").json()
        assert "item/updated" in told["maskedBody"]
        assert "private" not in told["maskedBody"]

    def test_shows_no_body_to_a_key_nor_to_an_admin(self, admin, bakery):
        event = make_event(body("item/updated"), company_id=bakery.pk)
        administrator = signed_in(make_member(company=bakery, role=Role.ADMIN).user)
        for caller in (admin, administrator):
            told = caller.get(f"/api/webhook-events/{event.pk}/").json()
            assert (told["type"], told["maskedBody"]) == ("item/updated", "")

    def test_of_another_company_does_not_exist(self, admin):
        event = make_event(company_id=make_company().pk)
        for address in ("", "retry/"):
            answer = admin.call("POST" if address else "GET", f"/api/webhook-events/{event.pk}/{address}", {})
            assert answer.status_code == 404


class TestRetry:
    def test_queues_one_again(self, admin, bakery):
        event = make_event(status="dead", company_id=bakery.pk)
        assert admin.call("POST", f"/api/webhook-events/{event.pk}/retry/", {}).json() == {"queued": 1}
        event.refresh_from_db()
        assert event.status == "received"
        assert admin.call("POST", f"/api/webhook-events/{event.pk}/retry/", {}).status_code == 409

    def test_queues_all_of_a_filter_again(self, admin, bakery):
        for company_id in (bakery.pk, bakery.pk, None):
            make_event(status="dead", company_id=company_id)
        assert admin.call("POST", "/api/webhook-retries/", {"status": "dead"}).json() == {"queued": 2}
