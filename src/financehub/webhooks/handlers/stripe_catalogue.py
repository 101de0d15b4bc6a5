"""Stripe's events about what is sold: prices and products compared with our plans, coupons and codes copied."""

from financehub.billing import cataloguing, discounting, stripe_account
from financehub.webhooks.handlers.stripe_reading import Notices, ids, rows
from financehub.webhooks.notices import Answer, Effect

OFF = Effect(ignored_because="nothing is sold here")


def catalogue_changed(_notices: Notices) -> Effect:
    """Somebody changed what is sold: what differs is a task for the staff; nothing is overwritten."""
    if not stripe_account.is_configured():
        return OFF
    cataloguing.tell_drift()
    return Effect()


def coupon_changed(notices: Notices) -> Effect:
    """A coupon was made, used or ended."""
    return _copied([discounting.mirror_coupon(one) for one in ids(notices)])


def code_changed(notices: Notices) -> Effect:
    """The same for a promotion code and its coupon."""
    return _copied([discounting.mirror_promotion_code(one) for one in ids(notices)])


def _copied(found: list[object]) -> Effect:
    return Effect() if any(found) else Effect(ignored_because="gone, and never seen here")


DIFFERS = "compare with our plans; what differs is a task for the staff"

ANSWERS: dict[str, Answer] = {
    **rows(
        "TestACatalogueEvent", catalogue_changed, DIFFERS, "GET /v1/prices", "price: created updated deleted"
    ),
    **rows(
        "TestACatalogueEvent",
        catalogue_changed,
        DIFFERS,
        "GET /v1/products",
        "product: created updated deleted",
    ),
    **rows(
        "TestACatalogueEvent",
        catalogue_changed,
        DIFFERS,
        "GET /v1/billing_portal/configurations",
        "billing_portal.configuration: created updated",
    ),
    **rows(
        "TestACouponEvent",
        coupon_changed,
        "read the coupon; one row",
        "GET /v1/coupons/{id}",
        "coupon: created updated deleted",
    ),
    **rows(
        "TestACouponEvent",
        code_changed,
        "read the promotion code and its coupon; one row each",
        "GET /v1/promotion_codes/{id}",
        "promotion_code: created updated",
    ),
}
