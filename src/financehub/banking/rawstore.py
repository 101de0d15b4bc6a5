"""Pages exactly as they came: compressed, sealed, one copy per content."""

import hashlib
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from financehub.banking.models import Account, RawPage
from financehub.core import crypto
from financehub.core.tenancy import TenantQuerySet
from financehub.providers.pluggy.shapes.transactions import TransactionPage

HASH_BYTES = 16
FASTEST = 1


@dataclass(frozen=True)
class Sealed:
    """Pages ready to be stored; `renewed`: stored ones whose age starts again."""

    new: list[RawPage] = field(default_factory=list)
    renewed: TenantQuerySet[RawPage] | None = None

    def store(self, *, at: datetime) -> None:
        """Inside the transaction that writes their rows."""
        if self.new:
            RawPage.objects.bulk_create(self.new, ignore_conflicts=True)
        if self.renewed is not None:
            self.renewed.update(fetched_at=at)


def keep(account: Account, pages: list[TransactionPage], *, at: datetime) -> None:
    """Store the pages that are not stored yet; nothing at all when retention is off."""
    seal(account, pages, at=at).store(at=at)


def seal(account: Account, pages: list[TransactionPage], *, at: datetime) -> Sealed:
    """Compress and encrypt what is not stored yet: the work that needs no transaction."""
    if not settings.RAW_RETENTION_DAYS:
        return Sealed()
    hashed = {
        hashlib.blake2b(page.raw_bytes, digest_size=HASH_BYTES).digest(): page for page in pages if page.rows
    }
    known = RawPage.objects.of(account.company_id).filter(account=account, content_hash__in=list(hashed))
    stored = {
        bytes(content_hash): fetched_at
        for content_hash, fetched_at in known.values_list("content_hash", "fetched_at")
    }
    new = [
        RawPage(
            company_id=account.company_id,
            account=account,
            content_hash=content_hash,
            body=crypto.seal(zlib.compress(page.raw_bytes, FASTEST)),
            row_count=len(page.rows),
            fetched_at=at,
        )
        for content_hash, page in hashed.items()
        if content_hash not in stored
    ]
    return Sealed(new, _to_keep_longer(known, stored, at))


def _to_keep_longer(
    known: TenantQuerySet[RawPage], stored: dict[bytes, datetime], at: datetime
) -> TenantQuerySet[RawPage] | None:
    """What the vendor still sends must not expire for being the same: its age starts again half-way."""
    half_way = at - timedelta(days=settings.RAW_RETENTION_DAYS) / 2
    old = [content_hash for content_hash, fetched_at in stored.items() if fetched_at < half_way]
    return known.filter(content_hash__in=old) if old else None


def read(page: RawPage) -> bytes:
    """The body as the vendor sent it."""
    return zlib.decompress(crypto.unseal(bytes(page.body)))


def drop_expired(*, at: datetime) -> int:
    """Forget pages past retention; how many."""
    limit = at - timedelta(days=settings.RAW_RETENTION_DAYS)
    gone, _ = RawPage.objects.across_companies().filter(fetched_at__lt=limit).delete()
    return gone
