"""Asking the vendors what we may have missed: webhooks that were never sent, or never arrived."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import structlog

from financehub.audit.recording import Actor
from financehub.banking import connecting, connectors, observing, pluggy
from financehub.banking.models import ConnectAttempt, Connector, Item, Sync
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import layers, storing, stripe_account
from financehub.webhooks.handlers.stripe import ANSWERS as STRIPE_ANSWERS
from financehub.webhooks.models import ReconcileMark
from financehub.webhooks.sources.stripe import KEPT_BY_STRIPE, STRIPE

UNSEEN_FOR = timedelta(minutes=55)
AT_ONCE = 500
OVERLAP = timedelta(days=4)  # Stripe tries for three days before it calls an event undelivered

VENDOR = Actor("vendor")
RECONCILED = {"X-Found-By": "reconcile"}

log = structlog.get_logger()


def reconcile(*, unseen_for: timedelta = UNSEEN_FOR) -> int:
    """Both vendors, each only where it is on; how many things were found and healed."""
    found = 0
    if pluggy.is_configured():
        found += look_at_items(unseen_for=unseen_for) + adopt_missed_items() + look_at_connectors()
    if stripe_account.is_configured():
        found += fetch_undelivered()
    return found


def look_at_items(*, unseen_for: timedelta) -> int:
    """Observe every live Item nobody looked at for a while; how many had moved on without a word."""
    before = clock.now() - unseen_for
    unseen = Item.objects.across_companies().connected().filter(observed_at__lte=before)
    moved = 0
    for item in unseen.order_by("observed_at")[:AT_ONCE]:
        was = (item.status, item.last_updated_at, item.is_disconnected)
        try:
            now = observing.observe_item(item=item, trigger=Sync.Trigger.TIMER, by=VENDOR)
        except (PluggyError, DomainError) as error:
            log.warning("reconcile_failed", item_id=str(item.pk), error=type(error).__name__)
            continue
        moved += was != (now.status, now.last_updated_at, now.is_disconnected)
    return moved


def look_at_connectors() -> int:
    """Mirror the health of every institution; how many had changed without a word."""
    before = dict(Connector.objects.values_list("pk", "health_status"))
    try:
        connectors.refresh_connectors()
    except PluggyError as error:
        log.warning("reconcile_failed", source="connectors", error=type(error).__name__)
        return 0
    after = dict(Connector.objects.filter(pk__in=before).values_list("pk", "health_status"))
    return sum(before[key] != health for key, health in after.items())


def adopt_missed_items() -> int:
    """Link Items of open attempts whose notice never came; only where Pluggy lets us list Items."""
    linked = 0
    open_attempts = ConnectAttempt.objects.across_companies().filter(
        used_at__isnull=True, expires_at__gt=clock.now(), item__isnull=True
    )
    for company_id in open_attempts.values_list("company_id", flat=True).distinct():
        alias = Company.objects.values_list("vendor_alias", flat=True).get(pk=company_id)
        try:
            linked += _adopt_of(str(alias))
        except PluggyError as error:
            log.info("items_not_listed", error=type(error).__name__)
            return linked
    return linked


def _adopt_of(alias: str) -> int:
    linked = 0
    for found in pluggy.client().iter_items_v2(client_user_id=alias):
        if not Item.objects.across_companies().filter(pluggy_id=found.id).exists():
            linked += connecting.adopt_item(pluggy_id=found.id, by=VENDOR) is not None
    return linked


def fetch_undelivered() -> int:
    """Bring Stripe's undelivered events into the same inbox, at most 30 days back; how many were new."""
    started = clock.now()
    mark = ReconcileMark.objects.filter(pk=STRIPE.name).first()
    oldest = started - KEPT_BY_STRIPE + timedelta(minutes=1)
    since = max(mark.reached_at - OVERLAP, oldest) if mark else oldest
    try:
        found = stripe_account.notifying().undelivered(sorted(STRIPE_ANSWERS), since)
        new = sum(_bring_in(body, started) for body in found)
    except StripeCallFailed as error:
        log.warning("reconcile_failed", source=STRIPE.name, error=str(error))
        return 0
    ReconcileMark.objects.update_or_create(source=STRIPE.name, defaults={"reached_at": started})
    return new


def _bring_in(body: Mapping[str, object], at: datetime) -> bool:
    """Store an event that we asked for ourselves: everything is checked but its signature."""
    raw = msgspec.json.encode(body)
    try:
        notice = layers.require_structure(STRIPE, raw, at)
    except layers.Refused:
        log.warning("reconciled_event_malformed", type=str(body.get("type"))[:80])
        return False
    return storing.store(STRIPE, notice, raw, RECONCILED).is_new
