"""Connecting a bank: an attempt tied to a person, a token for the widget, and an untrusted id that comes back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.banking import connectors, observing, pluggy, usage
from financehub.banking.mirroring import item_fields
from financehub.banking.models import ConnectAttempt, Item, ParkedItem
from financehub.banking.models.connecting import ATTEMPT_LIFETIME
from financehub.banking.noticing import connections
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.companies.models import Company, User
from financehub.core import clock, events
from financehub.core.errors import Conflict, Invalid, NotFound
from financehub.core.tenancy import TenantQuerySet
from financehub.providers.pluggy.errors import PluggyNotFound
from financehub.providers.pluggy.shapes import items as shapes

CLOCK_SKEW = timedelta(minutes=2)


class ItemUnknown(NotFound):
    """There is no such connection for this company."""

    code = "item_not_found"


class ItemParked(Conflict):
    """Nobody here was connecting this bank: it waits until a person decides."""

    code = "item_parked"


@dataclass(frozen=True)
class StartedConnection:
    """What a browser needs to open Connect."""

    access_token: str
    connect_url: str
    expires_at: datetime
    attempt: ConnectAttempt


def start_connection(
    *, company: Company, user: User, by: Actor, item: Item | None = None
) -> StartedConnection:
    """Open an attempt and get its token; with `item`, to update that Item only. Raises LimitReached."""
    if item is None:
        require_room(company)
    else:
        entitlements.require(company, Deed.CONNECT)
    at = clock.now()
    nonce = secrets.token_urlsafe(32)
    options = shapes.ItemOptions(
        client_user_id=str(company.vendor_alias), oauth_redirect_uri=_return_address(nonce)
    )
    token = pluggy.client().create_connect_token(options, str(item.pluggy_id) if item else None)
    with transaction.atomic():
        attempt = ConnectAttempt.objects.create(
            company=company,
            user=user,
            item=item,
            nonce=nonce,
            created_at=at,
            expires_at=at + ATTEMPT_LIFETIME,
        )
        target = Target("connect_attempt", attempt.pk, {"is_update": item is not None})
        record("open_finance.connection_started", by=by, on=target, company_id=company.pk)
    url = f"{settings.PLUGGY_CONNECT_URL}/?connect_token={token.access_token}"
    expires_at = min(token.expires_at or attempt.expires_at, attempt.expires_at)
    return StartedConnection(token.access_token, url, expires_at, attempt)


def require_room(company: Company) -> None:
    """Raises LimitReached unless the plan allows connecting, and one account more."""
    entitlements.require(company, Deed.CONNECT)
    entitlements.require(company, Deed.BANK_ACCOUNT, current=usage.counted_accounts(company))


def _return_address(nonce: str) -> str | None:
    """Pluggy takes only https here."""
    return f"{settings.PUBLIC_URL}/conectar/retorno?attempt={nonce}" if settings.IS_HTTPS else None


def complete_connection(*, company: Company, user: User, item_pluggy_id: str, by: Actor) -> Item:
    """Link the Item that a browser names. Raises Invalid, ItemUnknown, or ItemParked when no attempt is open."""
    snapshot = _fetch(_uuid(item_pluggy_id))
    if snapshot is None or snapshot.client_user_id != str(company.vendor_alias):
        raise ItemUnknown
    attempts = _open_attempts(company.pk, snapshot).filter(user=user).order_by("-created_at")
    return _link_or_park(company, snapshot, attempts.first(), by)


def adopt_item(*, pluggy_id: str, by: Actor) -> Item | None:
    """Link an Item that a notice speaks of, when somebody is connecting; None when it was parked or is gone."""
    snapshot = _fetch(_uuid(pluggy_id))
    if snapshot is None:
        return None
    company = _company_of(snapshot)
    if company is None:
        _park(snapshot, company_id=None)
        return None
    attempts = _open_attempts(company.pk, snapshot).order_by("created_at")
    try:
        return _link_or_park(company, snapshot, attempts.first(), by)
    except ItemParked:
        return None


def accept_parked(*, parked: ParkedItem, company: Company, user: User, by: Actor) -> Item:
    """A person's decision to take a parked Item in. Raises ItemUnknown, LimitReached."""
    entitlements.require(company, Deed.CONNECT)
    snapshot = _fetch(parked.pluggy_id)
    if parked.company_id != company.pk or snapshot is None:
        raise ItemUnknown
    with transaction.atomic():
        item = link(company=company, user=user, snapshot=snapshot, by=by)
        ParkedItem.objects.filter(pk=parked.pk).update(resolved_at=clock.now())
    return observing.observe_item(item=item, by=by)


def link(*, company: Company, user: User | None, snapshot: shapes.Item, by: Actor) -> Item:
    """The row of this Item, made now when there is none yet. Raises ItemUnknown when another company has it."""
    at = clock.now()
    if snapshot.connector is None:
        raise Invalid("the Item names no connector")
    connectors.mirror([snapshot.connector])
    fields = {**item_fields(snapshot, at=at), "connector_id": snapshot.connector.id, "company": company}
    item, created = Item.objects.across_companies().get_or_create(
        pluggy_id=UUID(snapshot.id),
        defaults={**fields, "created_by": user, "created_at": at, "observed_at": at},
    )
    if item.company_id != company.pk:
        raise ItemUnknown
    if created:
        target = Target("item", item.pk, {"connector_id": item.connector_id})
        record("open_finance.item_connected", by=by, on=target, company_id=company.pk)
        events.publish(company.pk, "item", item.pk)
        connections.tell_change(item, None, failed_since=None, at=at)
    return item


def _link_or_park(company: Company, snapshot: shapes.Item, attempt: ConnectAttempt | None, by: Actor) -> Item:
    with transaction.atomic():
        item = _linked(company, snapshot, attempt, by)
    if item is None:
        _park(snapshot, company_id=company.pk)
        raise ItemParked(item_id=snapshot.id)
    return observing.observe_item(item=item, by=by)


def _linked(
    company: Company, snapshot: shapes.Item, attempt: ConnectAttempt | None, by: Actor
) -> Item | None:
    """The row of a known Item, or of a new one that the attempt explains: of two that come at once, the first."""
    mine = ConnectAttempt.objects.of(company).filter(pk__in=[attempt.pk] if attempt else [])
    is_used = mine.filter(used_at__isnull=True).update(used_at=clock.now(), item_pluggy_id=snapshot.id)
    item = Item.objects.of(company).select_related("connector").filter(pluggy_id=snapshot.id).first()
    if item is None and attempt is not None and is_used:
        item = link(company=company, user=attempt.user, snapshot=snapshot, by=by)
    if is_used:
        mine.update(item=item)
    return item


def _open_attempts(company_id: UUID, snapshot: shapes.Item) -> TenantQuerySet[ConnectAttempt]:
    """Attempts that may explain this Item: of it, or for a new one begun before it was made."""
    at = clock.now()
    for_this = Q(item__pluggy_id=snapshot.id) | Q(item__isnull=True)
    attempts = ConnectAttempt.objects.of(company_id).filter(for_this, used_at__isnull=True, expires_at__gt=at)
    if snapshot.created_at is not None:
        attempts = attempts.filter(
            Q(item__isnull=False) | Q(created_at__lte=snapshot.created_at + CLOCK_SKEW)
        )
    return attempts


def _park(snapshot: shapes.Item, *, company_id: UUID | None) -> None:
    name = snapshot.connector.name if snapshot.connector else ""
    defaults = {
        "company_id": company_id,
        "connector_name": name,
        "reason": "no_open_attempt" if company_id else "unknown_client_user",
        "created_at": clock.now(),
    }
    with transaction.atomic():
        _, created = ParkedItem.objects.get_or_create(pluggy_id=snapshot.id, defaults=defaults)
        if created and company_id:
            events.publish(company_id, "item", snapshot.id)


def _company_of(snapshot: shapes.Item) -> Company | None:
    try:
        return Company.objects.filter(vendor_alias=UUID(snapshot.client_user_id or "")).first()
    except ValueError:
        return None


def _fetch(pluggy_id: UUID) -> shapes.Item | None:
    try:
        return pluggy.client().fetch_item(str(pluggy_id))
    except PluggyNotFound:
        return None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("itemId is not an id", field="itemId") from None
