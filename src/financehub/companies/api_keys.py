"""A program's credential: issued and shown once, kept as a keyed hash, scoped, revocable."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.companies import access
from financehub.companies.models import ApiKey, Company, User
from financehub.companies.permissions import Permission, Scope
from financehub.core import clock
from financehub.core.crypto import blind_index
from financehub.core.errors import Conflict, Denied, Invalid

MARK = "fh_"
PREFIX_LENGTH = 11
USE_IS_NOTED_EVERY = timedelta(minutes=1)


class InvalidApiKey(Denied):
    """There is no such API key, or it was revoked."""

    code = "invalid_api_key"


class AlreadyRevoked(Conflict):
    """The key was revoked before."""

    code = "already_revoked"


@dataclass(frozen=True)
class IssuedKey:
    """A fresh key with its secret, which nobody can read again."""

    key: ApiKey
    secret: str


@transaction.atomic
def issue(*, company: Company, name: str, scopes: Sequence[str], creator: User, by: Actor) -> IssuedKey:
    """A new key. Raises Denied, and Invalid for an empty name or an unknown scope."""
    access.require(by=by, company=company, permission=Permission.MANAGE_KEYS)
    cleaned, wanted = " ".join(name.split()), [scope for scope in Scope.values if scope in scopes]
    if not cleaned or len(cleaned) > 80:
        raise Invalid("A key's name has 1 to 80 characters", field="name")
    if not wanted or set(scopes) - set(wanted):
        raise Invalid("Unknown scope", field="scopes")
    secret = MARK + secrets.token_hex(24)
    key = ApiKey.objects.create(
        company=company,
        name=cleaned,
        prefix=secret[:PREFIX_LENGTH],
        key_hash=hash_of(secret),
        scopes=wanted,
        created_by=creator,
    )
    target = Target("api_key", key.id, {"scopes": ",".join(wanted)})
    record("company.api_key_issued", by=by, on=target, company_id=company.id)
    return IssuedKey(key, secret)


@transaction.atomic
def revoke(*, key: ApiKey, by: Actor) -> None:
    """End a key now. Raises Denied, AlreadyRevoked."""
    access.require(by=by, company=key.company, permission=Permission.MANAGE_KEYS)
    if not ApiKey.objects.of(key.company).filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now()):
        raise AlreadyRevoked
    record("company.api_key_revoked", by=by, on=Target("api_key", key.id), company_id=key.company_id)


def revoke_all_of(*, user: User, company: Company, by: Actor) -> None:
    """End every live key a person made here: who loses the right to keys must not keep one."""
    for key in ApiKey.objects.of(company).filter(created_by=user, revoked_at=None):
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
        record("company.api_key_revoked", by=by, on=Target("api_key", key.id), company_id=company.id)


def authenticate(secret: str) -> ApiKey:
    """The live key behind a secret, its company and maker loaded. Raises InvalidApiKey.

    The time of use is written at most once a minute, so that reading stays reading.
    """
    live = ApiKey.objects.across_companies().filter(key_hash=hash_of(secret), revoked_at=None)
    key = live.filter(created_by__is_active=True).select_related("company", "created_by").first()
    if key is None:
        raise InvalidApiKey
    _note_use(key)
    return key


def keys_of(company: Company) -> list[ApiKey]:
    """Every key of the company, live ones first, then the newest first."""
    return sorted(ApiKey.objects.of(company).order_by("-id"), key=lambda key: key.is_revoked)


def hash_of(secret: str) -> str:
    """What is stored of a key's secret."""
    return blind_index(secret, purpose="api_key")


def _note_use(key: ApiKey) -> None:
    now = clock.now()
    if key.last_used_at is not None and now - key.last_used_at < USE_IS_NOTED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
    ApiKey.objects.of(key.company_id).filter(stale, pk=key.pk).update(last_used_at=now)
    key.last_used_at = now
