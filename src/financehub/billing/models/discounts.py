"""What makes a plan cheaper: mirrors of Stripe's coupons, promotion codes, and who has which."""

from django.db import models

from financehub.billing.models.subscriptions import Subscription
from financehub.core.ids import new_id
from financehub.core.tenancy import TenantModel


class Coupon(models.Model):
    """A share (`percent_hundredths`, 2000 is 20 %) or an amount off, once, for some months or for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stripe_id = models.CharField(max_length=255, unique=True)
    name = models.CharField(max_length=80, blank=True)
    percent_hundredths = models.PositiveIntegerField(null=True)
    off_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    duration = models.CharField(max_length=12)
    months = models.PositiveIntegerField(null=True)
    is_valid = models.BooleanField()
    times_redeemed = models.PositiveIntegerField(default=0)
    redeem_by = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Coupon {self.pk}"


class PromotionCode(models.Model):
    """The word that a person types for a coupon."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stripe_id = models.CharField(max_length=255, unique=True)
    coupon = models.ForeignKey(Coupon, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=80)
    is_active = models.BooleanField()
    times_redeemed = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code"], name="promotions_by_code")]

    def __str__(self) -> str:
        return f"PromotionCode {self.pk}"


class Discount(TenantModel):
    """A coupon that a subscription has, or had: `ended_at` is when Stripe took it away."""

    stripe_id = models.CharField(max_length=255)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True, related_name="discounts"
    )
    coupon = models.ForeignKey(Coupon, on_delete=models.SET_NULL, null=True, related_name="discounts")
    code = models.CharField(max_length=80, blank=True)  # the promotion code it came by
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_discount")]
