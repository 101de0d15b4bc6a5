"""Consents: what they grant and when they end."""

from datetime import timedelta

from tests.pluggy_sandbox.box import NOON, Box

from pluggy_sandbox.consents import Consent, expiry


def test_a_consent_ends_by_date_or_by_revocation() -> None:
    consent = Consent("1", "2", ["ACCOUNTS"], NOON, NOON + timedelta(days=1))
    assert consent.is_valid(NOON)
    assert not consent.is_valid(NOON + timedelta(days=1))
    consent.revoked_at = NOON
    assert not consent.is_valid(NOON)


def test_twelve_months_are_a_year_and_nothing_is_forever() -> None:
    assert expiry(NOON, 12) == NOON + timedelta(days=365)
    assert expiry(NOON, None) is None


def test_permissions_follow_the_products() -> None:
    granted = Consent("1", "2", ["TRANSACTIONS", "PAYMENT_DATA"], NOON, None).to_json()
    assert granted["openFinancePermissionsGranted"] == ["ACCOUNTS_TRANSACTIONS"]


def test_an_expired_consent_fails_the_next_automatic_refresh(box: Box) -> None:
    box.switch(consentMonths=12)
    item = box.consented(601)
    assert item["consentExpiresAt"] == "2027-11-25T12:00:01.500Z"
    box.post(f"/_control/items/{item['id']}/expire-consent")
    box.post(f"/_control/items/{item['id']}/auto-sync")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "USER_AUTHORIZATION_REVOKED"


def test_a_revocation_is_dated_and_may_leave_the_data_visible(box: Box) -> None:
    item = box.consented(601)
    box.post(f"/_control/items/{item['id']}/revoke-consent-quietly")
    consent = box.get("/consents", itemId=item["id"]).json()["results"][0]
    assert consent["revokedAt"] == "2026-11-25T12:00:04.000Z"
    assert len(box.accounts(item["id"])) >= 2


def test_direct_items_have_no_consent(box: Box) -> None:
    item = box.connected()
    assert box.get("/consents", itemId=item["id"]).json()["results"] == []
