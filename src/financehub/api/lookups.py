"""Finding what an address names, always inside the caller's company: `{id}` is ours, `{itemId}` is Pluggy's."""

from uuid import UUID

from financehub.api.auth import AuthedRequest
from financehub.banking import overflow
from financehub.banking.models import Account, Item, Sync, Transaction
from financehub.banking.models.accounts import AccountQuerySet
from financehub.banking.models.items import ItemQuerySet
from financehub.core.errors import NotFound


def items(request: AuthedRequest) -> ItemQuerySet:
    """The company's Items, Connectors loaded."""
    return Item.objects.of(request.auth.company).select_related("connector")


def item(request: AuthedRequest, key: UUID) -> Item:
    """An Item by our id. Raises NotFound."""
    return items(request).get_or_raise(key)


def item_at_pluggy(request: AuthedRequest, item_id: UUID) -> Item:
    """An Item by Pluggy's id. Raises NotFound."""
    found = items(request).filter(pluggy_id=item_id).first()
    if found is None:
        raise NotFound("Item not found")
    return found


def accounts(request: AuthedRequest) -> AccountQuerySet:
    """The company's accounts that are not put away, their Items loaded, sealed values left alone."""
    rows = Account.objects.of(request.auth.company).open().select_related("item__connector")
    return rows.defer("number", "owner", "document", "item__parameter", "item__user_action")


def account(request: AuthedRequest, key: UUID) -> Account:
    """An account by our id. Raises NotFound."""
    return accounts(request).get_or_raise(key)


def account_at_pluggy(request: AuthedRequest, account_id: UUID) -> Account:
    """An account by Pluggy's id. Raises NotFound."""
    found = accounts(request).filter(pluggy_id=account_id).first()
    if found is None:
        raise NotFound("Account not found")
    return found


def transaction(request: AuthedRequest, key: UUID) -> Transaction:
    """A transaction by our id. Raises NotFound, and LimitReached for one that is beyond the plan."""
    rows = Transaction.objects.of(request.auth.company).select_related("account")
    row = rows.get_or_raise(key)
    overflow.require_shown(row, request.auth.company)
    return row


def sync(request: AuthedRequest, key: UUID) -> Sync:
    """A Sync by our id. Raises NotFound."""
    return Sync.objects.of(request.auth.company).select_related("item").get_or_raise(key)
