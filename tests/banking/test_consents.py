"""What is said of a permission, and which may be renewed without the person."""

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import make_connector, make_item

from financehub.banking import consents
from financehub.banking.models import Consent, ConsentRenewal, Item
from financehub.core import clock

pytestmark = pytest.mark.django_db

AT = clock.now()


def open_finance_item(**fields: Any) -> Item:
    connector = make_connector(id=601, name="Banco", is_open_finance=True, is_sandbox=False)
    return make_item(connector=connector, **fields)


def give(item: Item, **fields: Any) -> Consent:
    values = {"granted_at": AT - timedelta(days=300), "products": ["ACCOUNTS"], **fields}
    return Consent.objects.create(company=item.company, item=item, pluggy_id=item.pk, **values)


class TestSheet:
    @pytest.mark.parametrize(
        ("ends_in", "state"),
        [(None, "endless"), (30, "dated"), (7, "expiring"), (1, "expiring"), (-1, "expired")],
    )
    def test_says_where_the_permission_stands(self, ends_in: int | None, state: str) -> None:
        ends = None if ends_in is None else AT + timedelta(days=ends_in)
        item = open_finance_item(consent_expires_at=ends)
        give(item)
        assert consents.sheet(item, at=AT).state == state

    def test_says_none_where_no_permission_is_needed(self) -> None:
        assert consents.sheet(make_item(), at=AT).state == "none"

    def test_says_revoked_whatever_the_date(self) -> None:
        item = open_finance_item(consent_expires_at=AT + timedelta(days=90))
        give(item, revoked_at=AT)
        told = consents.sheet(item, at=AT)
        assert (told.state, told.revoked_at) == ("revoked", AT)

    def test_believes_the_execution_before_the_list_does(self) -> None:
        item = open_finance_item(status="OUTDATED", execution_status="USER_AUTHORIZATION_REVOKED")
        give(item)
        assert consents.sheet(item, at=AT).state == "revoked"

    def test_compares_what_was_granted_with_what_was_wanted(self) -> None:
        item = open_finance_item(products=["ACCOUNTS", "TRANSACTIONS", "CREDIT_CARDS"])
        give(item, products=["ACCOUNTS", "TRANSACTIONS"])
        told = consents.sheet(item, at=AT)
        assert (told.granted, told.missing) == (["ACCOUNTS", "TRANSACTIONS"], ["CREDIT_CARDS"])


class TestMayRenew:
    @pytest.mark.parametrize(
        ("fields", "may"),
        [
            ({}, True),
            ({"status": "OUTDATED", "execution_status": "SITE_NOT_AVAILABLE"}, True),
            ({"status": "LOGIN_ERROR"}, False),
            ({"status": "OUTDATED", "execution_status": "USER_AUTHORIZATION_REVOKED"}, False),
            ({"status": "UPDATING"}, False),
            ({"status": "WAITING_USER_ACTION"}, False),
            ({"disconnected_at": AT}, False),
        ],
    )
    def test_holds_for_open_finance_in_order(self, fields: dict[str, Any], may: bool) -> None:
        assert consents.may_renew(open_finance_item(**fields)) is may

    def test_never_holds_for_a_direct_bank_nor_for_meu_pluggy(self) -> None:
        assert not consents.may_renew(make_item())
        proxy = make_connector(id=200, name="MeuPluggy", is_open_finance=True, is_sandbox=False)
        assert not consents.may_renew(make_item(connector=proxy))


class TestSettleRenewals:
    @pytest.mark.parametrize(("new_end", "settled"), [(365, 1), (None, 1), (3, 0)])
    def test_closes_attempts_about_an_earlier_end(self, new_end: int | None, settled: int) -> None:
        item, ends = open_finance_item(), AT + timedelta(days=3)
        ConsentRenewal.objects.create(
            company=item.company,
            item=item,
            day=clock.today(),
            expires_at=ends,
            attempted_at=AT,
            outcome="started",
        )
        item.consent_expires_at = None if new_end is None else AT + timedelta(days=new_end)
        assert consents.settle_renewals(item, at=AT) == settled
        attempt = ConsentRenewal.objects.of(item.company).get()
        assert attempt.outcome == ("renewed" if settled else "started")
        assert attempt.renewed_until == (item.consent_expires_at if settled else None)
