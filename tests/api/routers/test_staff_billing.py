"""Subscriptions, late payments, refunds and tasks of every company, for the staff."""

import pytest
from tests.api.callers import in_browser
from tests.billing.conftest import shop
from tests.builders import make_company, make_member, make_user

from financehub.billing.models import DunningCase, Payment, Refund, StaffTask, Subscription
from financehub.companies.models import Role
from financehub.core import clock

__all__ = ["shop"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    user = make_user(email="olga@example.com", name="Olga", is_staff=True)
    return in_browser(make_member(company=make_company(), user=user, role=Role.OWNER).user)


def test_lists_subscriptions_by_state_and_tells_one(staff, shop):
    row = shop.buy()
    found = staff.get("/api/operations/subscriptions/", status="active").json()["results"]
    assert [(one["company"], one["plan"], one["state"]) for one in found] == [
        ("Padaria da Ana", "starter", "active")
    ]
    assert staff.get("/api/operations/subscriptions/", search="Oficina").json()["results"] == []
    one = staff.get(f"/api/operations/subscriptions/{row.pk}/").json()
    assert {"billing.subscription_changed"} <= {step["what"] for step in one["story"]}


def test_a_part_of_a_payment_is_given_back_and_too_much_is_not(staff, shop):
    shop.buy()
    address = f"/api/operations/payments/{Payment.objects.of(shop.company).get().pk}/refunds/"
    answer = staff.post(address, {"reason": "duplicate", "amountCents": 900}).json()
    assert (answer["status"], answer["amountCents"]) == ("succeeded", 900)
    refused = staff.post(address, {"reason": "duplicate", "amountCents": 2001})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "refund_too_large")
    assert refused.json()["error"]["details"]["left_cents"] == 2000
    assert staff.post(address, {"reason": "because"}).json()["error"]["code"] == "refund_reason_unknown"
    assert Refund.objects.of(shop.company).count() == 1


def test_lists_late_payments_and_tells_one(staff, shop):
    row = shop.buy()
    case = DunningCase.objects.create(
        company=shop.company,
        invoice=row.invoices.get(),
        first_failed_at=clock.now(),
        next_at=clock.now(),
    )
    [found] = staff.get("/api/operations/dunning-cases/", status="open").json()["results"]
    assert (found["id"], found["refusal"]) == (str(case.pk), "soft")
    assert staff.get(f"/api/operations/dunning-cases/{case.pk}/").json()["story"] == []
    assert staff.get("/api/operations/dunning-cases/", status="paid").json()["results"] == []


def test_a_task_is_decided(staff, shop):
    shop.buy("enterprise", "yearly")
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/warn")
    shop.hear()
    [task] = staff.get("/api/operations/tasks/").json()
    address = f"/api/operations/tasks/{task['id']}/close/"
    assert staff.post(address, {}).json()["error"]["code"] == "answer_needed"
    assert staff.post(address, {"givesBack": True}).json()["outcome"] == "refunded"
    assert Subscription.objects.of(shop.company).get().status == "canceled"
    assert staff.post(address, {"givesBack": True}).status_code == 409
    assert staff.get("/api/operations/tasks/").json() == []
    assert StaffTask.objects.get().closed_at is not None
