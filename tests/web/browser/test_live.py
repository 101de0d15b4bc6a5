"""What changes at the bank appears without reloading, with the live line and without it."""

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.builders import make_item
from tests.web.browser.conftest import Open

from financehub.banking.models import Item
from financehub.companies.models import Company, User
from financehub.core import events

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def change(item: Item, **fields: object) -> None:
    with transaction.atomic():
        Item.objects.of(item.company_id).filter(pk=item.pk).update(**fields)
        events.publish(item.company_id, "item", item.pk)


class TestFollow:
    def test_shows_a_change_at_once_over_the_socket(
        self, open_live: Open, ana: User, bakery: Company
    ) -> None:
        item = make_item(company=bakery, status="UPDATING", execution_status="LOGIN_IN_PROGRESS")
        page = open_live(ana, "/open-finance")
        expect(page.get_by_text("Atualizando")).to_be_visible()
        page.evaluate("window.hereSince = 1")
        page.wait_for_timeout(500)  # the socket opens after the page

        change(item, status="UPDATED", execution_status="SUCCESS")
        expect(page.get_by_text("Em dia")).to_be_visible(timeout=3000)
        change(item, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")

        expect(page.get_by_text("O banco não aceitou o acesso.")).to_be_visible(timeout=3000)
        assert page.evaluate("window.hereSince") == 1

    def test_looks_every_five_seconds_while_the_socket_is_away(
        self, open_as: Open, ana: User, bakery: Company
    ) -> None:
        item = make_item(company=bakery, status="UPDATING", execution_status="LOGIN_IN_PROGRESS")
        page = open_as(ana, "/open-finance")
        expect(page.get_by_text("Atualizando")).to_be_visible()

        change(item, status="UPDATED", execution_status="SUCCESS")

        expect(page.get_by_text("Em dia")).to_be_visible(timeout=8000)

    def test_leaves_a_dialog_that_a_person_is_reading(
        self, open_live: Open, ana: User, bakery: Company
    ) -> None:
        item = make_item(company=bakery)
        page = open_live(ana, "/open-finance")
        page.wait_for_timeout(500)
        page.get_by_role("button", name="Desconectar").click()

        change(item, status="OUTDATED", execution_status="SITE_NOT_AVAILABLE")
        page.wait_for_timeout(1500)

        expect(page.get_by_role("dialog", name="Desconectar Pluggy Bank?")).to_be_visible()
