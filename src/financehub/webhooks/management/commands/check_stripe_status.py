"""`financehub check_stripe_status`: keys, mode, account, webhook endpoint, last event, and what differs."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from financehub.billing import cataloguing, reconciling, stripe_account
from financehub.core.errors import NotConfigured
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import registering
from financehub.webhooks.models import WebhookEvent


class Command(BaseCommand):
    help = "Say how this installation stands with Stripe; changes nothing."

    def handle(self, **_options: object) -> None:
        if not stripe_account.is_configured():
            self.stdout.write("key: none (self-hosted, everything is unlimited)")
            return
        self.stdout.write(f"key: set, {'live' if stripe_account.is_live() else 'test'} mode")
        self.stdout.write(f"API version: {settings.STRIPE_API_VERSION}")
        try:
            self._ask_stripe()
        except StripeCallFailed as error:
            raise CommandError(f"Stripe refused: {error}") from error

    def _ask_stripe(self) -> None:
        found = stripe_account.account().account()
        self.stdout.write(f"account: {found.id} ({found.country}, {found.default_currency})")
        self.stdout.write(f"webhook endpoint: {_endpoint()}")
        last = WebhookEvent.objects.filter(source="stripe").order_by("-received_at").first()
        said = f"{last.type} at {last.received_at:%Y-%m-%d %H:%M} ({last.status})" if last else "none yet"
        self.stdout.write(f"last event: {said}")
        drift = cataloguing.drift()
        self.stdout.write(f"catalogue: {'as planned' if not drift else f'{len(drift)} differences'}")
        for line in drift:
            self.stdout.write(f"  {line}")
        books = reconciling.reconcile(heal=False)
        self.stdout.write(f"books: {'equal' if not books else f'{len(books)} differences'}")


def _endpoint() -> str:
    try:
        return registering.check_stripe().outcome
    except NotConfigured as missing:
        return missing.message
