"""Our plans at Stripe: made or repaired so that they agree with plans.py, and what differs said."""

from dataclasses import dataclass, field

import structlog

from financehub.billing import keying, plans, portal_settings, stripe_account, tasking
from financehub.billing.models import StaffTask
from financehub.billing.plans import CURRENCY, INTERVALS, PLAN_MARK, Period, Plan
from financehub.billing.portal import MARK
from financehub.providers.stripe import shapes
from financehub.providers.stripe.client import StripeAccount

TAX_BEHAVIOR = "inclusive"
MADE, REPAIRED, UNCHANGED = "created", "repaired", "unchanged"
CATALOGUE = "catalogue"  # what the task of the staff is about

log = structlog.get_logger()


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
    products = _by_plan(account)
    found = [line for plan in plans.FOR_SALE for line in _product_drift(plan, products.get(plan.id))]
    ids: dict[str, list[str]] = {}
    for plan, period in plans.offers():
        price, product = prices.get(plan.lookup_key(period)), products.get(plan.id)
        if price is None:
            found.append(f"price {plan.lookup_key(period)}: missing or inactive")
            continue
        ids.setdefault(price.product, []).append(price.id)
        if wrong := _differences(price, plan, period, product.id if product else price.product):
            found.append(f"price {plan.lookup_key(period)}: {', '.join(wrong)}")
    known = _our_portal(account)
    if known is None:
        return [*found, "portal: no configuration of ours"]
    return found + [f"portal: {line}" for line in portal_settings.differences(known, ids)]


def tell_drift() -> list[str]:
    """What differs, aloud: in the log, and as one task of the staff that closes when nothing differs any more."""
    found = drift()
    for line in found:
        log.warning("stripe_catalogue_differs", difference=line)
    if found:
        tasking.reopen_task(StaffTask.Kind.CATALOGUE, CATALOGUE, detail="; ".join(found))
    else:
        tasking.settle(StaffTask.Kind.CATALOGUE, CATALOGUE)
    return found


def _keys() -> list[str]:
    return [plan.lookup_key(period) for plan, period in plans.offers()]


def _by_plan(account: StripeAccount) -> dict[str, shapes.Product]:
    """The product of each plan: an active one where there are several."""
    rows = sorted(account.products(), key=lambda product: product.active)
    return {row.metadata[PLAN_MARK]: row for row in rows if row.metadata.get(PLAN_MARK)}


def _name(plan: Plan) -> str:
    return f"Finance Hub {plan.id.title()}"


def _product_drift(plan: Plan, found: shapes.Product | None) -> list[str]:
    if found is None or not found.active:
        return [f"product {plan.id}: missing or inactive"]
    return (
        [] if found.name == _name(plan) else [f"product {plan.id}: name is {found.name}, not {_name(plan)}"]
    )


def _products(account: StripeAccount, outcome: Outcome) -> dict[str, str]:
    """Stripe's id of each plan's product."""
    found, ids = _by_plan(account), {}
    for plan in plans.FOR_SALE:
        known, name = found.get(plan.id), f"product {plan.id}"
        outcome.done[name] = UNCHANGED
        if known is None:
            params: dict[str, object] = {"name": _name(plan), "metadata": {PLAN_MARK: plan.id}}
            with keying.stored_key("setup-product", about=plan.id, params=params) as key:
                known = account.create_product(params, key=key)
            outcome.done[name] = MADE
        elif _product_drift(plan, known):
            repair: dict[str, object] = {"name": _name(plan), "active": True}
            with keying.stored_key("setup-product", about=known.id, params=repair) as key:
                account.update_product(known.id, repair, key=key)
            outcome.done[name] = REPAIRED
        ids[plan.id] = known.id
    return ids


def _price(
    account: StripeAccount, plan: Plan, period: Period, product_id: str, known: shapes.Price | None
) -> tuple[shapes.Price, str]:
    """An amount cannot be changed: a wrong price hands its key on and is archived; who has it keeps it."""
    if known is not None and not _differences(known, plan, period, product_id):
        return known, UNCHANGED
    params = {
        "product": product_id,
        "currency": CURRENCY,
        "unit_amount": plan.price_cents(period),
        "recurring": {"interval": INTERVALS[period]},
        "lookup_key": plan.lookup_key(period),
        "transfer_lookup_key": True,
        "tax_behavior": TAX_BEHAVIOR,
        "metadata": {PLAN_MARK: plan.id},
    }
    with keying.stored_key("setup-price", about=plan.lookup_key(period), params=params) as key:
        made = account.create_price(params, key=key)
    if known is None:
        return made, MADE
    with keying.stored_key("setup-archive", about=known.id) as key:
        account.archive_price(known.id, key=key)
    return made, REPAIRED


def _differences(price: shapes.Price, plan: Plan, period: Period, product_id: str) -> list[str]:
    every = price.recurring.interval if price.recurring else "once"
    count = price.recurring.interval_count if price.recurring else 1
    pairs = {
        "amount": (price.unit_amount, plan.price_cents(period)),
        "currency": (price.currency, CURRENCY),
        "interval": (every, INTERVALS[period]),
        "intervals": (count, 1),
        "tax": (price.tax_behavior, TAX_BEHAVIOR),
        "product": (price.product, product_id),
    }
    return [f"{name} is {there}, not {here}" for name, (there, here) in pairs.items() if there != here]


def _our_portal(account: StripeAccount) -> shapes.PortalConfiguration | None:
    return next((one for one in account.portal_configurations() if one.metadata.get(MARK)), None)


def _portal(account: StripeAccount, prices: dict[str, list[str]]) -> str:
    known, params = _our_portal(account), portal_settings.wanted(prices)
    if known is None:
        with keying.stored_key("setup-portal", about=MARK, params=params) as key:
            account.create_portal_configuration(params, key=key)
        return MADE
    if not portal_settings.differences(known, prices):
        return UNCHANGED
    with keying.stored_key("setup-portal", about=known.id, params=params) as key:
        account.update_portal_configuration(known.id, params, key=key)
    return REPAIRED
