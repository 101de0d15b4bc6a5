"""What each of Pluggy's events makes us do: look at the vendor again, then one domain call."""

from financehub.audit.recording import Actor
from financehub.banking import connecting, connectors, observing, requesting, rereading, withdrawing
from financehub.banking.models import Account, Item, Sync
from financehub.providers.pluggy.errors import PluggyNotFound
from financehub.webhooks.notices import Effect, Handler, Notice

VENDOR = Actor("vendor")
UNKNOWN_ITEM = Effect(ignored_because="no such Item here")
LATER = Effect(ignored_because="payments are not built yet")


def item_changed(notice: Notice) -> Effect:
    """The Item has news of any kind: read it, mirror it, sync when its data moved."""
    known = _known_item(notice)
    if known is None:
        return _adopted(notice)
    observing.observe_item(item=known, by=VENDOR)
    return Effect(known.company_id)


def item_deleted(notice: Notice) -> Effect:
    """An Item is gone at Pluggy; one that we never had is no news."""
    item = _known_item(notice)
    if item is None:
        return UNKNOWN_ITEM
    observing.observe_item(item=item, by=VENDOR)
    return Effect(item.company_id)


def transactions_created(notice: Notice) -> Effect:
    """New rows: the Sync finds them by its own window; the link in the body is never followed."""
    item = _known_item(notice)
    if item is None:
        return _adopted(notice)
    requesting.request_sync(item=item, trigger=Sync.Trigger.WEBHOOK, by=VENDOR)
    return Effect(item.company_id)


def transactions_updated(notice: Notice) -> Effect:
    """Some rows changed, however old they are: read exactly those again."""
    account = _account_of(notice)
    if account is None:
        return transactions_created(notice)
    rereading.reread(account=account, pluggy_ids=notice.ids_of("transactionIds"))
    return Effect(account.company_id)


def transactions_deleted(notice: Notice) -> Effect:
    """Some rows vanished at the bank: withdrawn here, never erased."""
    account = _account_of(notice)
    if account is None:
        return transactions_created(notice)
    withdrawing.withdraw(account=account, pluggy_ids=notice.ids_of("transactionIds"))
    return Effect(account.company_id)


def connector_status_updated(notice: Notice) -> Effect:
    """An institution's health changed: read it again."""
    connector_id = notice.body.get("connectorId", notice.body.get("id"))
    try:
        connectors.mirror_health(int(str(connector_id)))
    except (ValueError, PluggyNotFound):
        return Effect(ignored_because="no such Connector")
    return Effect()


def payment_event(_notice: Notice) -> Effect:
    """Kept and shown, without effect until payments exist."""
    return LATER


def _known_item(notice: Notice) -> Item | None:
    item_id = notice.id_of("itemId")
    return Item.objects.across_companies().filter(pluggy_id=item_id).first() if item_id else None


def _account_of(notice: Notice) -> Account | None:
    account_id = notice.id_of("accountId")
    return Account.objects.across_companies().filter(pluggy_id=account_id).first() if account_id else None


def _adopted(notice: Notice) -> Effect:
    """Link an Item that somebody here is connecting right now; anything else waits parked for a person."""
    item_id = notice.id_of("itemId")
    item = connecting.adopt_item(pluggy_id=str(item_id), by=VENDOR) if item_id else None
    return Effect(item.company_id) if item else UNKNOWN_ITEM


IGNORED = frozenset(
    {
        "payment_intent/created",
        "payment_intent/completed",
        "payment_intent/waiting_payer_authorization",
        "payment_intent/error",
        "payment_request/updated",
        "scheduled_payment/created",
        "scheduled_payment/completed",
        "scheduled_payment/error",
        "scheduled_payment/canceled",
        "scheduled_payment/all_completed",
        "scheduled_payment/all_created",
        "boleto/updated",
        "automatic_pix_payment/created",
        "automatic_pix_payment/completed",
        "automatic_pix_payment/error",
        "automatic_pix_payment/canceled",
        "smart_transfer_preauthorization/completed",
        "smart_transfer_preauthorization/error",
        "smart_transfer_payment/completed",
        "smart_transfer_payment/error",
    }
)

HANDLERS: dict[str, Handler] = {
    "item/created": item_changed,
    "item/updated": item_changed,
    "item/error": item_changed,
    "item/deleted": item_deleted,
    "item/waiting_user_input": item_changed,
    "item/waiting_user_action": item_changed,
    "item/login_succeeded": item_changed,
    "connector/status_updated": connector_status_updated,
    "transactions/created": transactions_created,
    "transactions/updated": transactions_updated,
    "transactions/deleted": transactions_deleted,
    **dict.fromkeys(IGNORED, payment_event),
}
