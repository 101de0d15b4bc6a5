"""The one place that turns settings into Stripe's webhook calls."""

from functools import cache

from django.conf import settings

from financehub.core.circuits import SharedCircuits
from financehub.core.errors import NotConfigured
from financehub.providers.stripe.notifying import Notifying


def is_configured() -> bool:
    """Whether this installation may talk to Stripe."""
    return bool(settings.STRIPE_SECRET_KEY)


def notifying() -> Notifying:
    """The calls. Raises NotConfigured without a key."""
    if not is_configured():
        raise NotConfigured("STRIPE_SECRET_KEY is empty: Stripe is off")
    return _notifying_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_API_VERSION)


@cache
def _notifying_of(api_key: str, api_base: str, api_version: str) -> Notifying:
    return Notifying(api_key=api_key, api_base=api_base, api_version=api_version, circuits=SharedCircuits())
