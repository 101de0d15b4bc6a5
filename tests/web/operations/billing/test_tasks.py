"""Tasks of the staff are done by a click."""

import pytest
from tests.web.operations.billing.reading import DISPUTES, text_of, told

from financehub.billing import tasking
from financehub.billing.models import Payment, StaffTask, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def charge(shop):
    shop.buy("enterprise", "yearly")
    return Payment.objects.of(shop.company).get().charge_id


def done(browser, answer):
    return told(browser, f"/operacao/pendencias/{StaffTask.objects.get().pk}", resposta=answer)


def test_a_review_is_approved(staff, shop, charge):
    shop.box.control(f"/charges/{charge}/review")
    shop.hear()
    assert "Conferir um pagamento (Radar)" in text_of(staff, DISPUTES)
    assert "Feito." in done(staff, "aprovar")
    assert shop.api.reviews.list({}).data[0].open is False
    assert "Alguém já fez isto." in done(staff, "aprovar")


@pytest.mark.parametrize(("answer", "status"), [("devolver", "canceled"), ("manter", "active")])
def test_a_large_warning_is_decided(staff, operator, shop, charge, answer, status):
    shop.box.control(f"/charges/{charge}/warn")
    shop.hear()
    assert "Diga se devolve ou mantém." in done(staff, "")
    assert "Feito." in done(staff, answer)
    assert Subscription.objects.of(shop.company).get().status == status
    assert StaffTask.objects.get().closed_by == operator.pk


def test_anything_else_is_simply_done(staff):
    tasking.reopen_task("catalogue", "catalogue", detail="price starter: missing")
    assert "price starter: missing" in text_of(staff, DISPUTES)
    assert "Feito." in done(staff, "feito")
    assert "price starter: missing" not in text_of(staff, DISPUTES)
