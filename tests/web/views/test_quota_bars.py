"""The limits of an Open Finance connection on the page of connections."""

import pytest
from django.test import Client
from tests.banking.quotas.items import execution, open_finance, this_month
from tests.builders import make_item
from tests.web.reading import text_of

from financehub.banking.quotas import spending
from financehub.companies.models import Company

pytestmark = pytest.mark.django_db


def test_a_spent_limit_says_when_it_returns(ana_browser: Client, bakery: Company) -> None:
    warning = {"isUpdated": False, "warnings": [{"code": "TXN_003", "message": "x"}]}
    item = execution(open_finance(company=bakery), this_month(1), transactions=warning)
    spending.count_execution(item)
    page = text_of(ana_browser.get("/open-finance"))
    assert (
        "Limites do Open Finance neste mês Transações recentes 0/240 usadas · restam 0 volta em 01/" in page
    )
    assert "Saldos 1/420 usadas · restam 419" in page


def test_a_direct_connection_has_no_bars(ana_browser: Client, bakery: Company) -> None:
    make_item(company=bakery)
    assert "Limites do Open Finance" not in text_of(ana_browser.get("/open-finance"))
