"""The one place that turns settings into Stripe's webhook calls."""

from django.conf import settings

from financehub.core.errors import NotConfigured
from financehub.providers.stripe.notifying import Notifying


def is_configured() -> bool:
    """Whether this installation may talk to Stripe."""
    return bool(settings.STRIPE_SECRET_KEY)


def notifying() -> Notifying:
    """The calls. Raises NotConfigured without a key."""
    if not is_configured():
        raise NotConfigured("STRIPE_SECRET_KEY is empty: Stripe is off")
    return Notifying(
        api_key=settings.STRIPE_SECRET_KEY,
        api_base=settings.STRIPE_API_BASE,
        api_version=settings.STRIPE_API_VERSION,
    )
