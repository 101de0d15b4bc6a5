"""A link in a mail pays one invoice, for whoever has it, while it is owed."""

import pytest

from financehub.billing import paying_links
from financehub.billing.models import Invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(shop):
    shop.buy()
    return Invoice.objects.of(shop.company).get()


def token_of(invoice):
    return paying_links.link(invoice).rpartition("/")[2]


@pytest.mark.parametrize(("status", "leads"), [("open", True), ("uncollectible", True), ("paid", False)])
def test_leads_to_the_hosted_page_while_something_is_owed(invoice, status, leads):
    Invoice.objects.of(invoice.company_id).update(status=status)
    assert invoice.page_url.startswith("http")
    assert paying_links.hosted_page(token_of(invoice)) == (invoice.page_url if leads else None)


def test_what_we_did_not_sign_leads_nowhere(invoice):
    token = token_of(invoice)
    Invoice.objects.of(invoice.company_id).update(status="open")
    assert paying_links.hosted_page(token) == invoice.page_url
    for made_up in ("", "x", token[:-2], str(invoice.pk)):
        assert paying_links.hosted_page(made_up) is None


def test_of_an_invoice_that_is_gone_leads_nowhere(invoice):
    token = token_of(invoice)
    Invoice.objects.of(invoice.company_id).delete()
    assert paying_links.hosted_page(token) is None
