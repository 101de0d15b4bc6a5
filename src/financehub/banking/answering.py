"""What a person does for a connection that waits or has stopped: answer, try again, refresh."""

from financehub.audit.recording import Actor, Target, record
from financehub.banking import observing, pluggy
from financehub.banking.models import Item
from financehub.banking.quotas import guarding
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core.errors import Conflict, Invalid, TryLater
from financehub.providers.pluggy import errors
from financehub.providers.pluggy.shapes import items as shapes


class NotAsked(Conflict):
    """The bank is not waiting for an answer (any more)."""

    code = "mfa_not_asked"


class AnswerRefused(Invalid):
    """The answer came too late, was used before, or is not what the bank asked for."""

    code = "mfa_refused"


class CannotRefresh(Conflict):
    """This kind of connection refreshes by itself and cannot be asked to."""

    code = "cannot_refresh"


class AlreadyFresh(Conflict):
    """The bank was read a short while ago; the vendor allows no new read yet."""

    code = "already_fresh"


class CoolingDown(TryLater):
    """Too many failures in a row: the vendor makes us wait."""

    code = "login_backoff"


class NeedsCredentials(Conflict):
    """The bank refused the last sign-in: new credentials are needed, through Connect."""

    code = "needs_reconnect"


def answer_mfa(*, item: Item, value: str, by: Actor) -> Item:
    """Send the value the bank asks for; it is neither stored nor logged. Raises NotAsked, AnswerRefused."""
    item = observing.observe_item(item=item, by=by)
    name = (item.parameter or {}).get("name")
    if not item.is_waiting_for_input or not name:
        raise NotAsked
    try:
        snapshot = pluggy.client().send_item_mfa(str(item.pluggy_id), {name: value})
    except errors.PluggyRejected as refusal:
        raise AnswerRefused(vendor_code=refusal.code) from refusal
    return _started(item, snapshot, "open_finance.mfa_answered", by)


def refresh_item(*, item: Item, by: Actor) -> Item:
    """Start a new execution at the bank: only ever for a person's click. Raises why it cannot be, LimitReached too."""
    entitlements.require(item.company, Deed.SYNC)
    if not item.connector.can_be_refreshed:
        raise CannotRefresh
    guarding.check_refresh(item)
    try:
        snapshot = pluggy.client().update_item(str(item.pluggy_id))
    except errors.ItemAlreadyUpdating:
        return observing.observe_item(item=item, by=by)
    except errors.ItemUpdatedTooSoon as refusal:
        raise AlreadyFresh(min_hours=refusal.min_hours) from refusal
    except errors.LoginBackoff as refusal:
        until = refusal.can_retry_at.isoformat() if refusal.can_retry_at else None
        raise CoolingDown(can_retry_at=until) from refusal
    except (errors.NewCredentialsNeeded, errors.MfaRejected, errors.InvalidCredentials) as refusal:
        raise NeedsCredentials(item_id=str(item.pk)) from refusal
    return _started(item, snapshot, "open_finance.item_refreshed", by)


def _started(item: Item, snapshot: shapes.Item, action: str, by: Actor) -> Item:
    item = observing.mirror(item=item, snapshot=snapshot)
    record(action, by=by, on=Target("item", item.pk), company_id=item.company_id)
    observing.watch(item.pk)
    return item
