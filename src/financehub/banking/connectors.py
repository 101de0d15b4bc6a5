"""Mirroring what Pluggy offers."""

from collections.abc import Iterable

from financehub.banking import pluggy
from financehub.banking.models import Connector
from financehub.core import clock
from financehub.core.fitting import fitted
from financehub.providers.pluggy.shapes import connectors as shapes

MIRRORED = (
    "name",
    "type",
    "country",
    "image_url",
    "primary_color",
    "is_open_finance",
    "is_sandbox",
    "oauth",
    "has_mfa",
    "credentials",
    "products",
    "health_status",
    "mirrored_at",
)


def refresh_connectors() -> int:
    """Mirror the whole list; how many there are."""
    vendor = pluggy.client()
    return mirror(vendor.list_connectors(country="BR", sandbox=True))


def mirror(connectors: Iterable[shapes.Connector]) -> int:
    """Write these Connectors as they are now; how many."""
    rows = [Connector(id=connector.id, **fitted(Connector, _fields(connector))) for connector in connectors]
    Connector.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=MIRRORED)
    return len(rows)


def mirror_health(connector_id: int) -> None:
    """Copy one Connector's present health."""
    mirror([pluggy.client().fetch_connector(connector_id)])


def _fields(connector: shapes.Connector) -> dict[str, object]:
    return {
        "name": connector.name,
        "type": connector.type or "",
        "country": connector.country or "",
        "image_url": connector.image_url or "",
        "primary_color": connector.primary_color or "",
        "is_open_finance": bool(connector.is_open_finance),
        "is_sandbox": bool(connector.is_sandbox),
        "oauth": bool(connector.oauth),
        "has_mfa": bool(connector.has_mfa),
        "credentials": [
            {"name": c.name, "label": c.label, "type": c.type} for c in connector.credentials or []
        ],
        "products": connector.products or [],
        "health_status": (connector.health.status if connector.health else None) or "ONLINE",
        "mirrored_at": clock.now(),
    }
