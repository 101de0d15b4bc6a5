"""From a mail to the page that takes the money, without signing in."""

import pytest
from django.test import Client
from tests.billing.conftest import shop  # noqa: F401 - fixture

from financehub.billing import paying_links
from financehub.billing.models import Invoice

pytestmark = pytest.mark.django_db


def test_a_visitor_is_led_to_stripe_while_it_is_owed_and_learns_nothing_else(shop):  # noqa: F811
    shop.buy()
    invoice = Invoice.objects.of(shop.company).get()
    path = "/" + paying_links.link(invoice).split("/", 3)[3]
    visitor = Client()
    answer = visitor.get(path)
    assert (answer.status_code, answer.url) == (302, "/assinatura")  # paid: nothing to pay
    Invoice.objects.of(shop.company).update(status="open")
    answer = visitor.get(path)
    assert (answer.status_code, answer.url) == (302, invoice.page_url)
    assert "no-store" in answer["Cache-Control"]
    assert not visitor.session.get("_auth_user_id")
    assert visitor.get(path + "x").url == "/assinatura"
    assert visitor.post(path).status_code == 405
