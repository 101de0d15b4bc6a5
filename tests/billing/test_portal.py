"""The portal opens with our own configuration, for who may."""

import pytest

from financehub.billing import portal
from financehub.core.errors import Denied

pytestmark = pytest.mark.django_db


def test_opens_with_our_configuration(shop):
    shop.buy()
    shop.api.billing_portal.configurations.create({"features": {"invoice_history": {"enabled": True}}})
    assert "/p/session/" in portal.open_portal(company=shop.company, by=shop.by)


def test_is_not_for_viewers(shop, by_bruno):
    with pytest.raises(Denied):
        portal.open_portal(company=shop.company, by=by_bruno)


def test_needs_a_first_purchase(shop):
    with pytest.raises(portal.NoCustomer):
        portal.open_portal(company=shop.company, by=shop.by)
