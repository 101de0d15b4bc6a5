"""The two addresses, in both spellings, lead to one view."""

import pytest
from django.urls import resolve

from financehub.webhooks.receiving import receive_pluggy


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("address", ["/api/webhooks/pluggy", "/api/banking/pluggy/webhook"])
def test_both_spellings_lead_to_the_door(address, slash):
    assert resolve(address + slash).func is receive_pluggy
