"""After a rotation everything is sealed with the new key, and says the same; what is stopped goes on later."""

import zlib
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import Settings
from tests.builders import make_account, make_transaction
from tests.webhooks.rows import make_event

from financehub.banking.models import Account, RawPage, Transaction
from financehub.core import clock, crypto, resealing
from financehub.core.crypto import KeyRing
from financehub.core.resealing import Tally
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db

OLD, NEW = f"old:{crypto.new_key()}", f"new:{crypto.new_key()}"
BOTH = f"{NEW},{OLD}"
Told = list[Tally]


@pytest.fixture
def sealed(settings: Settings) -> Account:
    """Three numbers, one raw page, one sealed detail and one event, all by the old key."""
    settings.FINANCEHUB_KEYS = OLD
    accounts = [make_account(number=f"1234-{n}", document=None) for n in range(3)]
    company, at = accounts[0].company, clock.now()
    RawPage.objects.create(
        company=company,
        account=accounts[0],
        content_hash=b"\1" * 16,
        body=crypto.seal(zlib.compress(b"page")),
        row_count=1,
        fetched_at=at,
    )
    make_transaction(account=accounts[0], details=crypto.seal(b"{}"))
    make_event(body='{"a": 1}')
    return accounts[0]


def run(
    keys: str, settings: Settings, tell: Callable[[Tally], None] = lambda _: None
) -> dict[str, tuple[int, int]]:
    settings.FINANCEHUB_KEYS = keys
    tallies = resealing.reseal(crypto.ring(), tell=tell, batch=2)
    return {
        tally.where: (tally.resealed, tally.closed) for tally in tallies if tally.resealed or tally.closed
    }


def everything(account: Account) -> list[object]:
    """What the product reads of it."""
    numbers = (
        Account.objects.across_companies().order_by("number_index", "pk").values_list("number", flat=True)
    )
    page = RawPage.objects.of(account.company_id).get()
    row = Transaction.objects.of(account.company_id).get()
    body = WebhookEvent.objects.get().body
    return [
        sorted(numbers),
        zlib.decompress(crypto.unseal(page.body)),
        crypto.unseal(bytes(row.details)),
        body,
    ]


def test_every_sealed_column_is_sealed_again_and_opens_without_the_old_key(
    sealed: Account, settings: Settings
) -> None:
    before = everything(sealed)
    assert run(BOTH, settings) == {
        "banking_account.number": (3, 0),
        "banking_rawpage.body": (1, 0),
        "banking_transaction.details": (1, 0),
        "webhooks_webhookevent.body": (1, 0),
    }
    settings.FINANCEHUB_KEYS = NEW
    assert everything(sealed) == before


def test_a_second_run_finds_nothing_to_do(sealed: Account, settings: Settings) -> None:
    run(BOTH, settings)
    assert run(BOTH, settings) == {}


def test_a_run_that_was_stopped_goes_on_where_it_was(sealed: Account, settings: Settings) -> None:
    class Stop(Exception):
        pass

    def stop(_: Tally) -> None:
        raise Stop

    with pytest.raises(Stop):
        run(BOTH, settings, stop)
    assert run(BOTH, settings)["banking_account.number"] == (1, 0)  # two were done in the first batch


def test_what_no_key_opens_is_counted_and_left_as_it_is(sealed: Account, settings: Settings) -> None:
    told: Told = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM banking_account")
        before = {bytes(value) for (value,) in cursor.fetchall()}
        assert run(NEW, settings, told.append)["banking_account.number"] == (0, 3)
        cursor.execute("SELECT number FROM banking_account")
        assert {bytes(value) for (value,) in cursor.fetchall()} == before
    assert Tally("banking_account.number", 0, 2) in told


def test_a_value_that_changes_meanwhile_is_left_to_its_writer(sealed: Account, settings: Settings) -> None:
    settings.FINANCEHUB_KEYS = BOTH
    ring = crypto.ring()
    column = next(one for one in resealing.columns(ring) if str(one) == "banking_account.number")
    rows = resealing._stale(column, ring, None, 10)
    Account.objects.of(sealed.company_id).filter(pk=sealed.pk).update(number="new one")
    assert resealing._reseal_rows(column, ring, rows) == (2, 0)
    sealed.refresh_from_db()
    assert sealed.number == "new one"


def test_hashes_are_not_taken_for_sealed_values(sealed: Account) -> None:
    names = {str(column) for column in resealing.columns(KeyRing.parse(OLD))}
    assert "banking_transaction.content_hash" not in names
    assert {"banking_rawpage.body", "banking_identity.content", "webhooks_webhooksecret.value"} <= names
