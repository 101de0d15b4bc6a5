"""Who reads a connection: while anybody does, no account changes places."""

import pytest
from tests.banking.identity.cards import Card

from financehub.banking.identity import readers
from financehub.banking.identity.readers import AccountIsRead
from financehub.banking.models import Sync
from financehub.companies.models import Company
from financehub.core import locks


def require_none(card: Card) -> None:
    readers.require_none(card.item.company_id, [None, card.item.pk])


def test_a_connection_at_rest_is_free(card: Card) -> None:
    card.sync()
    require_none(card)


def test_a_running_sync_reads(card: Card, bakery: Company) -> None:
    sync = card.sync()
    Sync.objects.of(bakery).filter(pk=sync.pk).update(status=Sync.Status.RUNNING)
    with pytest.raises(AccountIsRead):
        require_none(card)


def test_the_nightly_check_reads_until_it_gives_its_lease_back(card: Card) -> None:
    lease = readers.checking(card.item.pk)
    with locks.lease(lease), pytest.raises(AccountIsRead):
        require_none(card)
    require_none(card)
