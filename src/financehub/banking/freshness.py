"""Which products of a connection the last execution could not bring, and since when their numbers stand still."""

from dataclasses import dataclass, field
from datetime import datetime

from financehub.banking.models import Item


@dataclass(frozen=True)
class Warned:
    """One warning of a product: the vendor's code, and the bank's own words when there are some."""

    code: str
    said: str = ""


@dataclass(frozen=True)
class ProductState:
    """One product as the vendor names it. `updated_at` None with `is_fresh` False: never collected."""

    product: str
    is_fresh: bool
    updated_at: datetime | None
    warnings: list[Warned] = field(default_factory=list)


def products(item: Item) -> list[ProductState]:
    """What `statusDetail` says of each product; nothing when the last execution was clean."""
    found = []
    for product, detail in (item.status_detail or {}).items():
        if not detail:
            continue
        warnings = [_warned(warning) for warning in detail.get("warnings") or []]
        is_fresh = detail.get("isUpdated") is not False
        found.append(ProductState(product, is_fresh, _moment(detail.get("lastUpdatedAt")), warnings))
    return found


def stale(item: Item) -> list[ProductState]:
    """Those that stand still."""
    return [product for product in products(item) if not product.is_fresh]


def _warned(warning: dict[str, str | None]) -> Warned:
    return Warned(warning.get("code") or "", warning.get("providerMessage") or warning.get("message") or "")


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
