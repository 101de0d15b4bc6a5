"""Idempotency keys from stored rows: a deed is written down before Stripe is asked, and repeated as the same deed."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from financehub.billing.models import StripeDeed
from financehub.core import clock
from financehub.providers.stripe.errors import StripeCallFailed, StripeUnavailable

KEPT_FOR = timedelta(days=30)
KNOWN_FOR = timedelta(hours=23)  # Stripe forgets a key after a day: an older deed is found by reading

Outcome = StripeDeed.Outcome


@contextmanager
def stored_key(
    name: str, *, about: object, company_id: UUID | None = None, params: Mapping[str, object] | None = None
) -> Iterator[str]:
    """The key of one deed, for the block that makes the call.

    While the answer of an earlier call with the same name, object and parameters is unknown, it is that call's key.
    """
    row = _open(name, f"{about}{_digest(params)}"[:255], company_id)
    try:
        yield f"{name}:{row.pk}"
    except StripeUnavailable:
        raise  # perhaps it was done: the row stays open
    except StripeCallFailed:
        _answered(row, Outcome.REFUSED)
        raise
    _answered(row, Outcome.DONE)


def forget_old() -> int:
    """Say of deeds whose key Stripe forgot that their answer is lost; drop rows of a month ago. How many went."""
    at = clock.now()
    waiting = StripeDeed.objects.filter(answered_at=None, created_at__lte=at - KNOWN_FOR)
    waiting.update(answered_at=at, outcome=Outcome.LOST)
    gone, _ = StripeDeed.objects.filter(answered_at__lte=at - KEPT_FOR).delete()
    return gone


def _digest(params: Mapping[str, object] | None) -> str:
    """Other parameters are another deed; what they say is not kept."""
    if params is None:
        return ""
    text = msgspec.json.encode(params, order="deterministic")
    return f":{hashlib.sha256(text).hexdigest()[:16]}"


def _open(name: str, about: str, company_id: UUID | None) -> StripeDeed:
    at = clock.now()
    waiting = StripeDeed.objects.filter(name=name, about=about, answered_at=None)
    waiting.filter(created_at__lte=at - KNOWN_FOR).update(answered_at=at, outcome=Outcome.LOST)
    found = waiting.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return StripeDeed.objects.create(name=name, about=about, company_id=company_id, created_at=at)
    except IntegrityError:  # somebody began the same deed this moment
        return waiting.get()


def _answered(row: StripeDeed, outcome: str) -> None:
    StripeDeed.objects.filter(pk=row.pk, answered_at=None).update(answered_at=clock.now(), outcome=outcome)
