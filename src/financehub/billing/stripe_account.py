"""The one place that turns settings into calls to Stripe."""

from functools import cache

from django.conf import settings

from financehub.core.circuits import SharedCircuits
from financehub.core.errors import NotConfigured
from financehub.providers.stripe.client import StripeAccount


class StripeIsOff(NotConfigured):
    """Nothing is sold here: STRIPE_SECRET_KEY is not set, and everything is unlimited."""

    code = "stripe_not_configured"


def is_configured() -> bool:
    """Whether this installation sells plans."""
    return bool(settings.STRIPE_SECRET_KEY)


def is_live() -> bool:
    """Whether the key moves real money."""
    return str(settings.STRIPE_SECRET_KEY).startswith(("sk_live_", "rk_live_"))


def account() -> StripeAccount:
    """The calls. Raises StripeIsOff without a key."""
    if not is_configured():
        raise StripeIsOff
    return _account_of(
        settings.STRIPE_SECRET_KEY,
        settings.STRIPE_API_BASE,
        settings.STRIPE_FILES_BASE,
        settings.STRIPE_API_VERSION,
    )


@cache
def _account_of(api_key: str, api_base: str, files_base: str, api_version: str) -> StripeAccount:
    return StripeAccount(
        api_key=api_key,
        api_base=api_base,
        files_base=files_base,
        api_version=api_version,
        circuits=SharedCircuits(),
    )
