"""What Stripe's portal lets a customer do, as we want it, and how what is there differs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from financehub.billing.portal import MARK
from financehub.providers.stripe import shapes

REASONS = ["too_expensive", "missing_features", "switched_service", "unused", "other"]
LATER = [{"type": "decreasing_item_amount"}, {"type": "shortening_interval"}]


def wanted(prices: Mapping[str, list[str]]) -> dict[str, Any]:
    """Upgrades now with proration, cheaper or shorter at the end of the period, cancelling at its end.

    `prices` are Stripe's ids of the prices of each product.
    """
    products = [{"product": product, "prices": ids} for product, ids in prices.items()]
    return {
        "metadata": {MARK: "1"},
        "default_return_url": f"{settings.PUBLIC_URL}/assinatura",
        "business_profile": {"headline": "Finance Hub"},
        "features": {
            "customer_update": {"enabled": True, "allowed_updates": ["email", "address", "tax_id"]},
            "invoice_history": {"enabled": True},
            "payment_method_update": {"enabled": True},
            "subscription_cancel": {
                "enabled": True,
                "mode": "at_period_end",
                "cancellation_reason": {"enabled": True, "options": REASONS},
            },
            "subscription_update": {
                "enabled": True,
                "default_allowed_updates": ["price"],
                "products": products,
                "proration_behavior": "always_invoice",
                "schedule_at_period_end": {"conditions": LATER},
            },
        },
    }


def differences(known: shapes.PortalConfiguration, prices: Mapping[str, list[str]]) -> list[str]:
    """One sentence for each setting that is there otherwise than wanted; what we do not name is left alone."""
    params = wanted(prices)
    found = list(_differences("", params["features"], known.features))
    if known.default_return_url != params["default_return_url"]:
        found.append("default_return_url differs")
    return found


def _differences(path: str, here: Any, there: Any) -> Iterator[str]:
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        for name, value in here.items():
            yield from _differences(f"{path}.{name}" if path else name, value, there.get(name))
    elif _comparable(here) != _comparable(there):
        yield f"{path} differs"


def _comparable(value: Any) -> Any:
    """Lists say the same in any order, and rows of them may have more than we name."""
    if not isinstance(value, list):
        return value
    named = [
        {k: _comparable(v) for k, v in row.items() if k in _NAMED} if isinstance(row, Mapping) else row
        for row in value
    ]
    return sorted(named, key=str)


_NAMED = ("product", "prices", "type")
