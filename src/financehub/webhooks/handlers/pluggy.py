"""What each of Pluggy's events makes us do: look at the vendor again, then one domain call."""

from collections.abc import Callable, Sequence
from uuid import UUID

from financehub.audit.recording import Actor
from financehub.banking import connecting, connectors, observing, requesting, rereading, withdrawing
from financehub.banking.models import Account, Item, ParkedItem, Sync
from financehub.providers.pluggy.errors import PluggyNotFound
from financehub.webhooks import payments
from financehub.webhooks.notices import Answer, Effect, Notice

Notices = Sequence[Notice]

VENDOR = Actor("vendor")
NO_ITEM = Effect(ignored_because="no such Item here")
NO_CONNECTOR = Effect(ignored_because="no such Connector")
NOTHING_NAMED = Effect(ignored_because="names nothing")
STRANGER = "a tenant we do not know"


def item_changed(notices: Notices) -> Effect:
    """The Item has news of any kind: read it once, mirror it, sync when its data moved."""
    known = _known_item(notices[0])
    if known is None:
        return _adopted(notices[0])
    observing.observe_item(item=known, by=VENDOR)
    return Effect(known.company_id)


def item_deleted(notices: Notices) -> Effect:
    """An Item is gone at Pluggy; one that we never had is no news."""
    item = _known_item(notices[0])
    if item is None:
        return NO_ITEM
    observing.observe_item(item=item, by=VENDOR)
    return Effect(item.company_id)


def transactions_created(notices: Notices) -> Effect:
    """New rows: the Sync finds them by its own window; the link in the body is never followed."""
    item = _known_item(notices[0])
    if item is None:
        return _adopted(notices[0])
    if not item.is_disconnected:
        requesting.offer_sync(item=item, trigger=Sync.Trigger.WEBHOOK, by=VENDOR)
    return Effect(item.company_id)


def transactions_updated(notices: Notices) -> Effect:
    """Some rows changed, however old they are: read exactly those again."""
    return _about_rows(notices, lambda account, ids: rereading.reread(account=account, pluggy_ids=ids))


def transactions_deleted(notices: Notices) -> Effect:
    """Some rows vanished at the bank: what Pluggy indeed no longer has is withdrawn here, never erased."""
    return _about_rows(notices, _withdraw_what_is_gone)


def connector_status_updated(notices: Notices) -> Effect:
    """An institution's health changed: read it again."""
    body = notices[0].body
    try:
        connectors.mirror_health(int(str(body.get("connectorId", body.get("id")))))
    except (ValueError, PluggyNotFound):
        return NO_CONNECTOR
    return Effect()


def payments_changed(notices: Notices) -> list[Effect]:
    """The statuses are mirrored as told, marked unverified, until payments are read at the vendor."""
    rows = payments.mirror_all(notices)
    return [Effect(row.company_id) if row else NOTHING_NAMED for row in rows]


def _about_rows(notices: Notices, act: Callable[[Account, list[UUID]], object]) -> Effect:
    """Once per account, with the ids of all notices together; for one that is not here yet a Sync is asked for."""
    found = _ids_by_account(notices)
    known = [(account, ids) for account, ids in found if account is not None]
    for account, ids in known:
        if ids:
            act(account, ids)
    if len(known) < len(found):
        return transactions_created(notices)
    return Effect(known[-1][0].company_id)


def _ids_by_account(notices: Notices) -> list[tuple[Account | None, list[UUID]]]:
    ids: dict[UUID | None, dict[UUID, None]] = {}
    for notice in notices:
        ids.setdefault(notice.id_of("accountId"), {}).update(dict.fromkeys(notice.ids_of("transactionIds")))
    rows = Account.objects.across_companies().filter(pluggy_id__in=[key for key in ids if key])
    known = {row.pluggy_id: row for row in rows}
    return [(known.get(key) if key else None, list(found)) for key, found in ids.items()]


def _withdraw_what_is_gone(account: Account, ids: list[UUID]) -> None:
    """A notice may be old, and the row back since: only silence about its own id counts."""
    try:
        gone = rereading.absent(account=account, pluggy_ids=ids)
    except PluggyNotFound:
        return  # the whole account is gone: its history stays
    withdrawing.withdraw(account=account, pluggy_ids=gone)


def tenant_of(notice: Notice) -> UUID | None:
    """Whose event it is, as far as our own rows know."""
    item = _known_item(notice)
    return item.company_id if item else None


def _known_item(notice: Notice) -> Item | None:
    item_id = notice.id_of("itemId")
    return Item.objects.across_companies().filter(pluggy_id=item_id).first() if item_id else None


def _adopted(notice: Notice) -> Effect:
    """Link an Item that somebody here is connecting right now; anything else waits parked for a person."""
    item_id = notice.id_of("itemId")
    if item_id is None:
        return NO_ITEM
    item = connecting.adopt_item(pluggy_id=str(item_id), by=VENDOR)
    if item is not None:
        return Effect(item.company_id)
    parked = ParkedItem.objects.filter(pluggy_id=item_id, resolved_at__isnull=True).first()
    if parked is not None and parked.company_id is None:
        return Effect(parked_because=STRANGER)
    return Effect(parked.company_id, ignored_because=NO_ITEM.ignored_because) if parked else NO_ITEM


def _item(effect: str) -> Answer:
    return Answer(item_changed, effect, "GET /items/{id}", "TestAnItemEvent")


def _payment(effect: str) -> Answer:
    truth = "the event (unverified)"
    return Answer(payments_changed, effect, truth, "TestAPaymentEvent", is_local=True)


LOOK = "read the Item, mirror it, sync when its data moved; an unknown Item is linked to an open attempt or parked"
STATUS = "mirror the status of the "

ANSWERS: dict[str, Answer] = {
    "item/created": _item(LOOK),
    "item/updated": _item(LOOK),
    "item/error": _item("the same: error, code and the bank's own text become the connection's state"),
    "item/deleted": Answer(
        item_deleted,
        "read the Item; when Pluggy no longer has it the connection ends and its history stays",
        "GET /items/{id}",
        "TestAnItemEvent",
    ),
    "item/waiting_user_input": _item("the same: the question (MFA) and its deadline become visible, sealed"),
    "item/waiting_user_action": _item("the same: the QR code or authorisation becomes visible"),
    "item/login_succeeded": _item("the same: the progress on the Connect page moves on"),
    "connector/status_updated": Answer(
        connector_status_updated,
        "read the institution's health, shown on the connections it affects",
        "GET /connectors/{id}",
        "TestAConnectorEvent",
    ),
    "transactions/created": Answer(
        transactions_created,
        "ask for a Sync of the Item by its own window; the link in the body is never followed",
        "GET /v2/transactions",
        "TestATransactionsEvent",
    ),
    "transactions/updated": Answer(
        transactions_updated,
        "read exactly these rows again, however old; for an unknown account ask for a Sync",
        "GET /v2/transactions?ids=",
        "TestATransactionsEvent",
    ),
    "transactions/deleted": Answer(
        transactions_deleted,
        "withdraw those that Pluggy indeed no longer has; they keep what a person set and can return",
        "GET /v2/transactions?ids=",
        "TestATransactionsEvent",
    ),
    "payment_intent/created": _payment(STATUS + "payment"),
    "payment_intent/completed": _payment(STATUS + "payment"),
    "payment_intent/waiting_payer_authorization": _payment(STATUS + "payment"),
    "payment_intent/error": _payment(STATUS + "payment"),
    "payment_request/updated": _payment(STATUS + "payment request"),
    "scheduled_payment/created": _payment(STATUS + "scheduled payment"),
    "scheduled_payment/completed": _payment(STATUS + "scheduled payment"),
    "scheduled_payment/error": _payment(STATUS + "scheduled payment"),
    "scheduled_payment/canceled": _payment(STATUS + "scheduled payment"),
    "scheduled_payment/all_completed": _payment(STATUS + "whole series"),
    "scheduled_payment/all_created": _payment(STATUS + "whole series"),
    "boleto/updated": _payment(STATUS + "boleto"),
    "automatic_pix_payment/created": _payment(STATUS + "automatic PIX payment"),
    "automatic_pix_payment/completed": _payment(STATUS + "automatic PIX payment"),
    "automatic_pix_payment/error": _payment(STATUS + "automatic PIX payment"),
    "automatic_pix_payment/canceled": _payment(STATUS + "automatic PIX payment"),
    "smart_transfer_preauthorization/completed": _payment(STATUS + "preauthorisation"),
    "smart_transfer_preauthorization/error": _payment(STATUS + "preauthorisation"),
    "smart_transfer_payment/completed": _payment(STATUS + "transfer"),
    "smart_transfer_payment/error": _payment(STATUS + "transfer"),
}

OLDER_NAMES = {
    "item/all": "item/updated",
    "item/login_failed": "item/error",
    "accounts/created": "item/updated",
    "accounts/updated": "item/updated",
    "consent/revoked": "item/updated",
}
