"""Our plans at Stripe: made or repaired so that they agree with plans.py, and what differs said."""

from dataclasses import dataclass, field

from django.conf import settings

from financehub.billing import plans, stripe_account
from financehub.billing.plans import CURRENCY, INTERVALS, Period, Plan
from financehub.billing.portal import MARK
from financehub.core.ids import new_id
from financehub.providers.stripe import shapes
from financehub.providers.stripe.client import StripeAccount

PLAN_MARK = "plan_id"
MADE, REPAIRED, UNCHANGED = "created", "repaired", "unchanged"


@dataclass
class Outcome:
    """What was done to each thing, by its name: created, repaired or unchanged."""

    done: dict[str, str] = field(default_factory=dict)


def set_up() -> Outcome:
    """Make or repair products, prices and the portal. Raises StripeIsOff, StripeCallFailed."""
    account, outcome = stripe_account.account(), Outcome()
    products = _products(account, outcome)
    prices = {price.lookup_key: price for price in account.prices(_keys())}
    ids: dict[str, list[str]] = {}
    for plan, period in plans.offers():
        key = plan.lookup_key(period)
        price, done = _price(account, plan, period, products[plan.id], prices.get(key))
        outcome.done[f"price {key}"] = done
        ids.setdefault(products[plan.id], []).append(price.id)
    outcome.done["portal"] = _portal(account, ids)
    return outcome


def drift() -> list[str]:
    """What at Stripe differs from our plans, one sentence each; nothing is changed."""
    account = stripe_account.account()
    prices = {price.lookup_key: price for price in account.prices(_keys())}
    sold = {product.metadata.get(PLAN_MARK) for product in account.products()}
    found = [f"product {plan.id}: missing or inactive" for plan in plans.FOR_SALE if plan.id not in sold]
    for plan, period in plans.offers():
        price = prices.get(plan.lookup_key(period))
        if price is None:
            found.append(f"price {plan.lookup_key(period)}: missing or inactive")
        elif wrong := _differences(price, plan, period):
            found.append(f"price {plan.lookup_key(period)}: {', '.join(wrong)}")
    if not any(one.metadata.get(MARK) for one in account.portal_configurations()):
        found.append("portal: no configuration of ours")
    return found


def _keys() -> list[str]:
    return [plan.lookup_key(period) for plan, period in plans.offers()]


def _products(account: StripeAccount, outcome: Outcome) -> dict[str, str]:
    """Stripe's id of each plan's product."""
    found = {product.metadata.get(PLAN_MARK): product.id for product in account.products()}
    ids = {}
    for plan in plans.FOR_SALE:
        known = found.get(plan.id)
        ids[plan.id] = (
            known
            or account.create_product(
                {"name": f"Finance Hub {plan.id.title()}", "metadata": {PLAN_MARK: plan.id}},
                key=_fresh(f"product:{plan.id}"),
            ).id
        )
        outcome.done[f"product {plan.id}"] = UNCHANGED if known else MADE
    return ids


def _price(
    account: StripeAccount, plan: Plan, period: Period, product_id: str, known: shapes.Price | None
) -> tuple[shapes.Price, str]:
    """An amount cannot be changed: a wrong price hands its key on and is archived; who has it keeps it."""
    if known is not None and not _differences(known, plan, period):
        return known, UNCHANGED
    key = plan.lookup_key(period)
    params = {
        "product": product_id,
        "currency": CURRENCY,
        "unit_amount": plan.price_cents(period),
        "recurring": {"interval": INTERVALS[period]},
        "lookup_key": key,
        "transfer_lookup_key": True,
        "tax_behavior": "inclusive",
        "metadata": {PLAN_MARK: plan.id},
    }
    made = account.create_price(params, key=_fresh(f"price:{key}:{plan.price_cents(period)}"))
    if known is None:
        return made, MADE
    account.archive_price(known.id, key=_fresh(f"archive:{known.id}"))
    return made, REPAIRED


def _differences(price: shapes.Price, plan: Plan, period: Period) -> list[str]:
    every = price.recurring.interval if price.recurring else "once"
    pairs = {
        "amount": (price.unit_amount, plan.price_cents(period)),
        "currency": (price.currency, CURRENCY),
        "interval": (every, INTERVALS[period]),
    }
    return [f"{name} is {there}, not {here}" for name, (there, here) in pairs.items() if there != here]


def _portal(account: StripeAccount, prices: dict[str, list[str]]) -> str:
    known = next((one for one in account.portal_configurations() if one.metadata.get(MARK)), None)
    params = _portal_params(prices)
    if known is None:
        account.create_portal_configuration(params, key=_fresh("portal"))
        return MADE
    account.update_portal_configuration(known.id, params, key=_fresh(f"portal:{known.id}"))
    return REPAIRED if _lacks(known, prices) else UNCHANGED


def _lacks(known: shapes.PortalConfiguration, prices: dict[str, list[str]]) -> bool:
    change = known.features.get("subscription_update")
    products = change.get("products") if isinstance(change, dict) else None
    listed = {row["product"]: sorted(row["prices"]) for row in products or []}
    return listed != {product: sorted(ids) for product, ids in prices.items()}


def _portal_params(prices: dict[str, list[str]]) -> dict[str, object]:
    """Upgrades now with proration, cheaper or shorter at the end of the period, cancelling at its end."""
    products = [{"product": product, "prices": ids} for product, ids in prices.items()]
    later = [{"type": "decreasing_item_amount"}, {"type": "shortening_interval"}]
    reasons = ["too_expensive", "missing_features", "switched_service", "unused", "other"]
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
                "cancellation_reason": {"enabled": True, "options": reasons},
            },
            "subscription_update": {
                "enabled": True,
                "default_allowed_updates": ["price"],
                "products": products,
                "proration_behavior": "always_invoice",
                "schedule_at_period_end": {"conditions": later},
            },
        },
    }


def _fresh(name: str) -> str:
    """A key for this deed of this run: what was lost on the way is found by reading, and done anew."""
    return f"setup:{name}:{new_id()}"
