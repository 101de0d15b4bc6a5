"""Addresses of a company's own programs: add, change, rotate the secret, switch on, replay, remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from financehub.audit.recording import Actor, Target, record
from financehub.companies import access
from financehub.companies.models import Company
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.core.errors import Conflict, Invalid
from financehub.core.tenancy import TenantQuerySet
from financehub.notifications import delivering
from financehub.notifications.kinds import FOR_PROGRAMS
from financehub.notifications.models import Delivery, WebhookEndpoint
from financehub.notifications.models.deliveries import Channel, DeliveryQuerySet
from financehub.providers.outgoing import posting, signatures

OVERLAP = timedelta(hours=24)
MOST_ENDPOINTS = 20
REPLAY_AT_ONCE = 500


class AddressTaken(Conflict):
    """This company has an endpoint with this address already."""

    code = "address_taken"


@dataclass(frozen=True)
class Issued:
    """An endpoint with its secret, which is shown once."""

    endpoint: WebhookEndpoint
    secret: str


@transaction.atomic
def add(*, company: Company, url: str, kinds: Sequence[str], description: str = "", by: Actor) -> Issued:
    """A new endpoint. Raises Denied, AddressTaken, and Invalid for what is no address or kind."""
    access.require(by=by, company=company, permission=Permission.MANAGE_COMPANY)
    address, wanted = _clean_address(url), _clean_kinds(kinds)
    if WebhookEndpoint.objects.of(company).count() >= MOST_ENDPOINTS:
        raise Invalid(f"A company has at most {MOST_ENDPOINTS} endpoints", field="url")
    secret = signatures.new_secret()
    try:
        with transaction.atomic():
            endpoint = WebhookEndpoint.objects.create(
                company=company,
                url=address,
                kinds=wanted,
                description=" ".join(description.split())[:120],
                secret=secret,
                created_by_id=by.id,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise AddressTaken from None
    _record("company.webhook_added", endpoint, by)
    return Issued(endpoint, secret)


@transaction.atomic
def change(
    *, endpoint: WebhookEndpoint, kinds: Sequence[str], description: str, by: Actor
) -> WebhookEndpoint:
    """Other kinds or words; the address stays, as a secret belongs to one address. Raises Denied, Invalid."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    endpoint.kinds, endpoint.description = _clean_kinds(kinds), " ".join(description.split())[:120]
    _rows(endpoint).update(kinds=endpoint.kinds, description=endpoint.description)
    _record("company.webhook_changed", endpoint, by)
    return endpoint


@transaction.atomic
def rotate(*, endpoint: WebhookEndpoint, by: Actor) -> Issued:
    """A new secret; the former ones sign as well for a day. Raises Denied."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    kept = WebhookEndpoint.objects.of(endpoint.company_id).select_for_update(no_key=True).get(pk=endpoint.pk)
    secret, at = signatures.new_secret(), clock.now()
    kept.rotate(secret, until=at + OVERLAP, at=at)
    kept.save(update_fields=["secret", "former_secret", "former_until"])
    _record("company.webhook_secret_rotated", kept, by)
    return Issued(kept, secret)


@transaction.atomic
def enable(*, endpoint: WebhookEndpoint, by: Actor) -> None:
    """Send there again; the first message that arrives is told as a recovery. Raises Denied."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    if _rows(endpoint).exclude(disabled_at=None).update(disabled_at=None, failing_since=None, failures=0):
        _record("company.webhook_enabled", endpoint, by)


@transaction.atomic
def disable(*, endpoint: WebhookEndpoint, by: Actor) -> None:
    """Send nothing there for now; what happens meanwhile can be replayed. Raises Denied."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    if _rows(endpoint).filter(disabled_at=None).update(disabled_at=clock.now(), disabled_why=""):
        _record("company.webhook_disabled", endpoint, by)


@transaction.atomic
def remove(*, endpoint: WebhookEndpoint, by: Actor) -> None:
    """Forget the address; what waits for it is skipped when its turn comes. Raises Denied."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    _record("company.webhook_removed", endpoint, by)
    _rows(endpoint).delete()


@transaction.atomic
def replay_missed(*, endpoint: WebhookEndpoint, by: Actor) -> int:
    """Send again, oldest first, what failed or was skipped; how many. Raises Denied."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    missed = deliveries_of(endpoint).filter(status__in=[Delivery.Status.FAILED, Delivery.Status.SKIPPED])
    chosen = list(missed.order_by("pk")[:REPLAY_AT_ONCE])
    for delivery in chosen:
        delivering.replay(delivery)
    record(
        "company.webhook_replayed",
        by=by,
        on=Target("webhook_endpoint", endpoint.pk, {"count": len(chosen)}),
        company_id=endpoint.company_id,
    )
    return len(chosen)


@transaction.atomic
def replay_one(*, endpoint: WebhookEndpoint, delivery_id: UUID, by: Actor) -> Delivery:
    """Send one message once more, whatever became of it. Raises Denied, NotFound, InvalidTransition."""
    access.require(by=by, company=endpoint.company, permission=Permission.MANAGE_COMPANY)
    delivery = deliveries_of(endpoint).get_or_raise(delivery_id)
    record(
        "company.webhook_replayed",
        by=by,
        on=Target("webhook_endpoint", endpoint.pk, {"count": 1}),
        company_id=endpoint.company_id,
    )
    return delivering.replay(delivery)


def deliveries_of(endpoint: WebhookEndpoint) -> DeliveryQuerySet:
    """Everything that was or is to be sent there."""
    rows = Delivery.objects.of(endpoint.company_id)
    return rows.filter(channel=Channel.WEBHOOK, target=str(endpoint.pk)).select_related("notification")


def endpoints_of(company: Company) -> list[WebhookEndpoint]:
    """Every endpoint of the company, the oldest first."""
    return list(WebhookEndpoint.objects.of(company).order_by("created_at", "pk"))


def _rows(endpoint: WebhookEndpoint) -> TenantQuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.of(endpoint.company_id).filter(pk=endpoint.pk)


def _clean_address(url: str) -> str:
    address = url.strip()
    is_plain = bool(settings.WEBHOOK_NETWORKS)
    if len(address) > 500 or not posting.is_web_address(address, plain=is_plain):
        raise Invalid("An endpoint is an https address without a password", field="url")
    return address


def _clean_kinds(kinds: Sequence[str]) -> list[str]:
    unknown = set(kinds) - set(FOR_PROGRAMS)
    if unknown:
        raise Invalid("There is no such kind", field="kinds")
    return [kind for kind in FOR_PROGRAMS if kind in kinds]


def _record(action: str, endpoint: WebhookEndpoint, by: Actor) -> None:
    target = Target("webhook_endpoint", endpoint.pk)
    record(action, by=by, on=target, company_id=endpoint.company_id)
