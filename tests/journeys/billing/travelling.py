"""Living through months beside Stripe: our clock runs ahead by its setting, Stripe's is moved to the same moment.

Nothing of the product is replaced: it is told by webhook, looks at what is due as the timetable makes it, and answers
the browser at that moment.
"""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.billing.shop import Shop

from financehub.billing import dunning, reminding
from financehub.billing.models import Notice, Subscription
from financehub.core import clock
from financehub.webhooks.models import WebhookEvent

PATIENCE_SECONDS = 30.0
UNDER_WAY = ("received", "processing", "failed")


@dataclass
class Travel:
    """The shop, and the setting that both clocks go by."""

    shop: Shop
    settings: Any

    def on(self, **how: float) -> None:
        """Both clocks go on (days, hours); what falls due on either side happens, and is heard."""
        step = timedelta(**how)
        self.settings.CLOCK_AHEAD += step
        self.shop.box.advance(seconds=int(step.total_seconds()))
        self.listen()
        self.look()

    def to_renewal(self) -> None:
        """Past the end of the period and the hour for which Stripe keeps the invoice a draft."""
        end = self.subscription.period_end
        assert end is not None
        seconds = (end - clock.now()).total_seconds() + 2 * 3600
        self.on(seconds=max(0.0, seconds))
        self.on(hours=2)

    def listen(self) -> None:
        """Everything that Stripe has to say is said and handled."""
        self.shop.box.control("/settle")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while WebhookEvent.objects.filter(status__in=UNDER_WAY).exists():
            assert time.monotonic() < deadline, list(WebhookEvent.objects.values_list("type", "last_error"))
            time.sleep(0.05)
        assert not WebhookEvent.objects.filter(status="dead").exists()

    def look(self) -> None:
        """What the timetable does every few minutes, at this moment."""
        reminding.remind()
        dunning.run()
        self.listen()

    @property
    def subscription(self) -> Subscription:
        """The newest."""
        row = Subscription.objects.of(self.shop.company).order_by("created_at").last()
        assert row is not None
        return row

    def bank_says(self, *outcomes: str) -> None:
        """What the payer's bank answers next."""
        customer = self.shop.api.customers.list({}).data[0].id
        self.shop.box.control("/outcomes", of=customer, outcomes=list(outcomes))

    def pay_calls(self) -> int:
        """How often we asked Stripe to charge an invoice."""
        asked = self.shop.box.told("/requests", method="POST")
        return len([row for row in asked if re.fullmatch(r"/v1/invoices/\w+/pay", row["path"])])

    def charges(self) -> list[tuple[str, int]]:
        """By Stripe's own list, the oldest first: status and cents."""
        rows = self.shop.api.charges.list({"limit": 100}).data
        return [(row.status, row.amount) for row in rows][::-1]

    def told(self) -> list[str]:
        """The kinds of words that the owners got so far."""
        return sorted(Notice.objects.of(self.shop.company).values_list("kind", flat=True))
