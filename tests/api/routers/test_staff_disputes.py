"""Disputes through the API of the staff: staged by one person, sent or accepted by another."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.callers import in_browser
from tests.billing.conftest import shop
from tests.builders import make_company, make_member, make_user

from financehub.billing.models import Dispute, Payment
from financehub.companies.models import Role

__all__ = ["shop"]
pytestmark = pytest.mark.django_db


def person(email):
    user = make_user(email=email, is_staff=True)
    return in_browser(make_member(company=make_company(), user=user, role=Role.OWNER).user)


@pytest.fixture
def staff():
    return person("olga@example.com")


@pytest.fixture
def second():
    return person("paulo@example.com")


@pytest.fixture
def address(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
    shop.hear()
    return f"/api/operations/disputes/{Dispute.objects.of(shop.company).get().pk}/"


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_is_staged_with_a_file_and_sent_by_a_second_person(staff, second, address):
    staff.post(f"{address}evidence/", {"texts": {"product_description": "Finance Hub"}})
    form = {"field": "receipt", "file": SimpleUploadedFile("recibo.pdf", b"%PDF-1.7")}
    shown = staff._client.post(f"{address}files/", form, **staff._headers).json()
    assert shown["files"] == {"receipt": "recibo.pdf"}
    assert shown["evidence"] == {"product_description": "Finance Hub"}
    seen = {"seenAt": shown["stagedAt"]}
    assert code(staff.post(f"{address}submission/", seen)) == (403, "second_person_needed")
    stale = {"seenAt": "2026-01-01T00:00:00Z"}
    assert code(second.post(f"{address}submission/", stale)) == (409, "evidence_changed")
    sent = second.post(f"{address}submission/", seen).json()
    assert (sent["status"], sent["submissions"]) == ("under_review", 1)
    assert code(second.post(f"{address}submission/", seen)) == (409, "dispute_not_answerable")


def test_a_loss_is_proposed_and_accepted_by_a_second_person(staff, second, address):
    assert code(second.post(f"{address}acceptance/")) == (409, "dispute_not_answerable")
    assert staff.post(f"{address}acceptance-proposal/").json()["isProposedToAccept"] is True
    assert code(staff.post(f"{address}acceptance/")) == (403, "second_person_needed")
    assert second.post(f"{address}acceptance/").json()["status"] == "lost"


def test_a_wrong_field_or_file_is_refused(staff, address):
    answer = staff.post(f"{address}evidence/", {"texts": {"made_up": "x"}})
    assert code(answer) == (422, "evidence_invalid")
    form = {"field": "receipt", "file": SimpleUploadedFile("recibo.exe", b"MZ")}
    assert code(staff._client.post(f"{address}files/", form, **staff._headers)) == (422, "evidence_invalid")


def test_is_listed_by_group(staff, address):
    assert len(staff.get("/api/operations/disputes/", status="answerable").json()["results"]) == 1
    assert staff.get("/api/operations/disputes/", status="closed").json()["results"] == []
    assert staff.get(address).json()["amountCents"] == 2900
