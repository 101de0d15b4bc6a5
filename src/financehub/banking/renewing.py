"""Keeping a consent alive: by Pluggy where it may, else by asking the person; every attempt is a row."""

from datetime import datetime

from django.db import IntegrityError, transaction

from financehub.audit.recording import SYSTEM, Target, record
from financehub.banking import consents, observing
from financehub.banking.models import ConsentRenewal, Item
from financehub.banking.noticing import connections
from financehub.banking.problems import code_of
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.errors import PluggyError

AUTOMATIC_ATTEMPTS = 3  # refused ones; one that the vendor took is not repeated for the same end

Outcome = ConsentRenewal.Outcome


def renew_if_expiring(item: Item, vendor: PluggyClient) -> ConsentRenewal | None:
    """Once a day in the last week of a consent: the attempt made, or None when nothing was to be done.

    The row is stored before the call, so that a crash cannot make a second one. Never for connector 200, never
    after a LOGIN_ERROR: there only the person can. Nor without a plan that reads banks, as a renewal does.
    """
    if not entitlements.may(item.company, Deed.SYNC).is_allowed:
        return None
    ends, at = item.consent_expires_at, clock.now()
    if ends is None or not consents.is_expiring(item, at=at):
        return None
    automatic = consents.may_renew(item) and _has_attempts_left(item, ends)
    attempt = _open(item, Outcome.STARTED if automatic else Outcome.ASKED, ends, at)
    if attempt is not None and automatic:
        _ask_vendor(item, attempt, vendor)
    return attempt


def _open(item: Item, outcome: str, ends: datetime, at: datetime) -> ConsentRenewal | None:
    """Today's row; None when there is one already."""
    try:
        with transaction.atomic():
            attempt = ConsentRenewal.objects.create(
                company_id=item.company_id,
                item=item,
                day=clock.today(),
                expires_at=ends,
                attempted_at=at,
                outcome=outcome,
            )
            _tell(item, attempt)
            if outcome == Outcome.ASKED:
                connections.tell_consent_ending(item, attempt, at=at)
    except IntegrityError:
        return None
    return attempt


def _ask_vendor(item: Item, attempt: ConsentRenewal, vendor: PluggyClient) -> None:
    try:
        snapshot = vendor.update_item(str(item.pluggy_id))
    except PluggyError as error:
        attempt.outcome, attempt.error_code = Outcome.REFUSED, code_of(error)
        with transaction.atomic():
            attempt.save(update_fields=["outcome", "error_code"])
            _tell(item, attempt)
        return
    observing.mirror(item=item, snapshot=snapshot)
    observing.watch(item.pk)


def _has_attempts_left(item: Item, ends: datetime) -> bool:
    about_this_end = ConsentRenewal.objects.of(item.company_id).filter(item=item, expires_at=ends)
    outcomes = list(about_this_end.values_list("outcome", flat=True))
    return Outcome.STARTED not in outcomes and outcomes.count(Outcome.REFUSED) < AUTOMATIC_ATTEMPTS


def _tell(item: Item, attempt: ConsentRenewal) -> None:
    target = Target("item", item.pk, {"outcome": attempt.outcome, "error_code": attempt.error_code or None})
    record("open_finance.consent_renewal", by=SYSTEM, on=target, company_id=item.company_id)
    events.publish(item.company_id, "item", item.pk)
