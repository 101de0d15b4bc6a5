"""The staff's pages do not exist for anybody else, owners included."""

from uuid import uuid4

import pytest
from tests.web.operations.billing.reading import CASES, DISPUTES, SUBSCRIPTIONS, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [SUBSCRIPTIONS, CASES, DISPUTES])
def test_an_owner_finds_no_such_page_and_no_link(ana_browser, staff, address):
    assert ana_browser.get(address).status_code == 404
    assert "Nada aqui" in text_of(staff, address)
    assert SUBSCRIPTIONS not in ana_browser.get("/empresa/").content.decode()
    assert SUBSCRIPTIONS in staff.get("/empresa/").content.decode()


@pytest.mark.parametrize(
    "address",
    [f"{SUBSCRIPTIONS}/{{}}", f"{CASES}/{{}}", f"{DISPUTES}/{{}}"],
)
def test_a_row_of_nobody_is_no_page(staff, address):
    assert staff.get(address.format(uuid4())).status_code == 404


def test_a_mark_that_is_not_ours_begins_again(staff):
    for address in (SUBSCRIPTIONS, CASES, DISPUTES):
        assert staff.get(address, {"depois": "x"}).status_code == 302
