"""/api/docs in a real browser: offline, under the strict policy."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_shows_every_resource_and_opens_an_operation(page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/api/docs")
    expect(page.locator(".opblock-tag")).to_have_count(16)
    page.locator("#operations-transactions-list_transactions button.opblock-summary-control").click()
    expect(page.locator(".opblock.is-open")).to_contain_text("withHidden")
