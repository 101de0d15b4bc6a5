"""Coupons, promotion codes and who has them: copies of Stripe's."""

from datetime import datetime

from financehub.billing import stripe_account
from financehub.billing.models import Coupon, Discount, PromotionCode, Subscription
from financehub.billing.moments import moment
from financehub.core import clock
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing


def mirror_coupon(stripe_id: str) -> Coupon | None:
    """Read a coupon again; one that is gone says when we saw that. None when it was never here."""
    started = clock.now()
    try:
        found = stripe_account.account().coupon(stripe_id)
    except StripeMissing:
        Coupon.objects.filter(stripe_id=stripe_id, deleted_at=None).update(deleted_at=started, is_valid=False)
        return Coupon.objects.filter(stripe_id=stripe_id).first()
    fields = {
        "name": found.name or "",
        "percent_hundredths": None if found.percent_off is None else round(found.percent_off * 100),
        "off_cents": found.amount_off,
        "currency": found.currency or "",
        "duration": found.duration,
        "months": found.duration_in_months,
        "is_valid": found.valid,
        "times_redeemed": found.times_redeemed,
        "redeem_by": moment(found.redeem_by),
        "observed_at": started,
    }
    row, is_new = Coupon.objects.get_or_create(stripe_id=stripe_id, defaults=fields)
    if not is_new:
        Coupon.objects.filter(pk=row.pk, observed_at__lte=started).update(**fields)
        row.refresh_from_db()
    return row


def mirror_promotion_code(stripe_id: str) -> PromotionCode | None:
    """Read a promotion code and its coupon again; None when it is gone."""
    started = clock.now()
    try:
        found = stripe_account.account().promotion_code(stripe_id)
    except StripeMissing:
        return PromotionCode.objects.filter(stripe_id=stripe_id).first()
    coupon = mirror_coupon(found.promotion.coupon) if found.promotion.coupon else None
    if coupon is None:
        return None
    fields = {
        "coupon": coupon,
        "code": found.code,
        "is_active": found.active,
        "times_redeemed": found.times_redeemed,
        "expires_at": moment(found.expires_at),
        "observed_at": started,
    }
    row, is_new = PromotionCode.objects.get_or_create(stripe_id=stripe_id, defaults=fields)
    if not is_new:
        PromotionCode.objects.filter(pk=row.pk, observed_at__lte=started).update(**fields)
        row.refresh_from_db()
    return row


def keep_discounts(row: Subscription, found: shapes.Subscription, started: datetime) -> None:
    """What the subscription has now; what it had and has no more is ended. An older look changes nothing."""
    if row.observed_at > started:
        return
    there = [one for one in found.discounts if isinstance(one, shapes.Discount)]
    for one in there:
        _keep(row, one, started)
    gone = Discount.objects.of(row.company_id).filter(
        subscription=row, ended_at=None, observed_at__lte=started
    )
    gone.exclude(stripe_id__in=[one.id for one in there]).update(ended_at=started)


def keep_told(row: Subscription, found: shapes.Discount) -> None:
    """A discount that an event told of and the subscription has no more: it was used up."""
    if not Discount.objects.of(row.company_id).filter(stripe_id=found.id).exists():
        _make(row, found, {"ended_at": clock.now(), "observed_at": clock.now()})


def _keep(row: Subscription, found: shapes.Discount, started: datetime) -> None:
    known = Discount.objects.of(row.company_id).filter(stripe_id=found.id)
    fields: dict[str, object] = {"ends_at": moment(found.end), "ended_at": None, "observed_at": started}
    if known.exists():
        known.filter(observed_at__lte=started).update(**fields)
    else:
        _make(row, found, fields)


def _make(row: Subscription, found: shapes.Discount, fields: dict[str, object]) -> None:
    coupon = mirror_coupon(found.source.coupon) if found.source.coupon else None
    promotion = mirror_promotion_code(found.promotion_code) if found.promotion_code else None
    Discount.objects.of(row.company_id).get_or_create(
        stripe_id=found.id,
        defaults={
            "company_id": row.company_id,
            "subscription": row,
            "coupon": coupon,
            "code": promotion.code if promotion else "",
            "starts_at": moment(found.start),
            "ends_at": moment(found.end),
            **fields,
        },
    )
