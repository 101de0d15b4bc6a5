"""Everything an Item holds besides transactions: consents, accounts, bills, investments, loans, identity.

Each function fetches first and writes after, in one transaction, only what differs. What the vendor does not
list is left as it is: an empty answer is not a zero.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from financehub.banking import allotting, counting, shaping
from financehub.banking.identity import merging
from financehub.banking.models import (
    Account,
    Consent,
    CreditCardBill,
    Identity,
    Investment,
    InvestmentTransaction,
    Item,
    Loan,
)
from financehub.core.fitting import fitted
from financehub.core.tenancy import TenantModel
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.errors import PluggyNotFound

RowT = TypeVar("RowT", bound=TenantModel)
KeyT = TypeVar("KeyT", UUID, str)
Fields = Mapping[str, object]


def collect_accounts(item: Item, vendor: PluggyClient, *, at: datetime) -> list[Account]:
    """Mirror the accounts and cards; the rows of all that the vendor lists now."""
    listed = {
        UUID(account.id): shaping.account_fields(account, at=at)
        for account in vendor.fetch_accounts(str(item.pluggy_id))
    }
    listed = merging.without_merged(item.company_id, listed)
    common = {"company_id": item.company_id, "item": item, "created_at": at}
    with transaction.atomic():
        rows = _mirror(Account, listed, common, ignoring=frozenset({"balance_at"}))
        allotting.take_in(item.company, [row for row in rows if row.created_at == at])
    return rows


def collect_consents(item: Item, vendor: PluggyClient) -> list[Consent]:
    """Mirror the permissions given at the bank."""
    listed = {UUID(c.id): shaping.consent_fields(c) for c in vendor.fetch_consents(str(item.pluggy_id))}
    return _mirror(Consent, listed, {"company_id": item.company_id, "item": item})


def collect_bills(account: Account, vendor: PluggyClient, *, at: datetime) -> list[CreditCardBill]:
    """Mirror a card's closed bills."""
    listed = {bill.id: shaping.bill_fields(bill) for bill in vendor.fetch_bills(str(account.pluggy_id))}
    return _mirror(
        CreditCardBill, listed, {"company_id": account.company_id, "account": account, "created_at": at}
    )


def collect_investments(item: Item, vendor: PluggyClient, *, at: datetime) -> list[Investment]:
    """Mirror the investments, and the movements of those whose `updatedAt` moved."""
    found = vendor.fetch_investments(str(item.pluggy_id))
    known = dict(
        Investment.objects.of(item.company_id).filter(item=item).values_list("pluggy_id", "vendor_updated_at")
    )
    moved = [i for i in found if i.updated_at is None or known.get(UUID(i.id)) != i.updated_at]
    movements = {UUID(i.id): list(vendor.iter_investment_transactions(i.id)) for i in moved}
    listed = {UUID(i.id): shaping.investment_fields(i) for i in found}
    rows = _mirror(Investment, listed, {"company_id": item.company_id, "item": item, "created_at": at})
    by_id = {row.pluggy_id: row for row in rows}
    for pluggy_id, listed_movements in movements.items():
        fields = {UUID(m.id): shaping.movement_fields(m) for m in listed_movements}
        common = {"company_id": item.company_id, "investment": by_id[pluggy_id]}
        _mirror(InvestmentTransaction, fields, common)
    return rows


def collect_loans(item: Item, vendor: PluggyClient, *, at: datetime) -> list[Loan]:
    """Mirror loans and financing."""
    listed = {UUID(loan.id): shaping.loan_fields(loan) for loan in vendor.fetch_loans(str(item.pluggy_id))}
    return _mirror(Loan, listed, {"company_id": item.company_id, "item": item, "created_at": at})


def collect_identity(item: Item, vendor: PluggyClient, *, at: datetime) -> None:
    """Mirror who the bank says the person is, sealed; a product that was not collected changes nothing."""
    try:
        found = vendor.fetch_identity(str(item.pluggy_id))
    except PluggyNotFound:
        return
    fields = shaping.identity_fields(found)
    known = Identity.objects.of(item.company_id).filter(item=item).first()
    is_same = known is not None and known.content == fields["content"]
    counting.note(Identity, read=1, new=int(known is None), changed=int(known is not None and not is_same))
    if is_same:
        return
    Identity.objects.of(item.company_id).update_or_create(
        item=item, defaults={**fields, "company_id": item.company_id, "mirrored_at": at}
    )


def _mirror(
    model: type[RowT],
    listed: Mapping[KeyT, Fields],
    common: Fields,
    *,
    ignoring: frozenset[str] = frozenset(),
) -> list[RowT]:
    """Insert what is new and update what differs; rows of everything listed, in its order."""
    company_id = common["company_id"]
    listed = {key: fitted(model, fields) for key, fields in listed.items()}
    with transaction.atomic():
        stored = {
            row.__dict__["pluggy_id"]: row
            for row in model.objects.of(company_id).filter(pluggy_id__in=list(listed))  # type: ignore[arg-type]
        }
        new = [
            model(pluggy_id=key, **common, **fields) for key, fields in listed.items() if key not in stored
        ]
        changed = [row for key, row in stored.items() if _apply(row, listed[key], ignoring)]
        model.objects.bulk_create(new)
        if changed:
            names = list(next(iter(listed.values())))
            model.objects.of(company_id).bulk_update(changed, names)  # type: ignore[arg-type]
    counting.note(model, read=len(listed), new=len(new), changed=len(changed))
    stored |= {row.__dict__["pluggy_id"]: row for row in new}
    return [stored[key] for key in listed]


def _apply(row: models.Model, fields: Fields, ignoring: frozenset[str]) -> bool:
    """Set the fields on the row; whether any that matters differed."""
    differs = any(row.__dict__[name] != value for name, value in fields.items() if name not in ignoring)
    for name, value in fields.items():
        setattr(row, name, value)
    return differs


def cards(accounts: Sequence[Account]) -> list[Account]:
    """The credit cards among these accounts."""
    return [account for account in accounts if account.is_card]
