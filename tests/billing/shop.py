"""What a story of billing does: buy, let time pass, hear Stripe's events, and look at Stripe's own books."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.stripe_simulator import StripeSimulator

from financehub.audit.recording import Actor
from financehub.billing import buying
from financehub.billing.models import Checkout, Subscription
from financehub.companies.models import Company, User
from financehub.webhooks.handlers import stripe as handlers
from financehub.webhooks.sources.stripe import read

GOOD, NO_FUNDS_LATER, SECURE, DISPUTED, SUSPECTED = (
    "4242424242424242",
    "4000000000000341",
    "4000002760003184",
    "4000000000000259",
    "4000000000005423",
)
CPF = "529.982.247-25"


@dataclass
class Shop:
    """The simulator, one company and one person in it."""

    box: StripeSimulator
    company: Company
    user: User
    heard: set[str] = field(default_factory=set)
    late: list[dict[str, Any]] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        return Actor("user", self.user.pk)

    @property
    def api(self) -> Any:
        """Stripe's own view."""
        return self.box.client().v1

    def at(self) -> datetime:
        """The moment at Stripe."""
        return datetime.fromtimestamp(self.box.told("")["now"], UTC)

    def checkout(self, plan: str = "starter", period: str = "monthly") -> Checkout:
        """An open page at Stripe."""
        asked = {"company": self.company, "user": self.user, "plan_id": plan, "period": period}
        buying.start_checkout(**asked, by=self.by, at=self.at())
        return Checkout.objects.of(self.company).get(status="open")

    def pay(self, checkout: Checkout, **how: object) -> dict[str, Any]:
        """Fill that page in; a good card unless told."""
        return self.box.control(f"/checkout/{checkout.stripe_id}/pay", **(how or {"card": GOOD}))

    def buy(self, plan: str = "starter", period: str = "monthly", **how: object) -> Subscription:
        """A subscription, its events heard."""
        self.pay(self.checkout(plan, period), **how)
        self.hear()
        return Subscription.objects.of(self.company).get()

    def events(self) -> list[dict[str, Any]]:
        """Everything that Stripe told so far, the oldest first."""
        rows = self.api.events.list({"limit": 100}).auto_paging_iter()
        return [row.to_dict(for_json=True) for row in rows][::-1]

    def hear(self, *, dice: random.Random | None = None, loss: float = 0) -> None:
        """Handle what is new, in order; with dice: shuffled, some twice, some only at the next time."""
        new = [event for event in self.events() if event["id"] not in self.heard]
        self.heard |= {event["id"] for event in new}
        if dice is not None:
            waiting, self.late = [*self.late, *new], [event for event in new if dice.random() < loss]
            new = _jumbled([event for event in waiting if event not in self.late], dice)
        for event in new:
            tell(event)

    def pass_time(self, **how: int) -> None:
        """Move Stripe's clock and hear what happened."""
        self.box.advance(**how)
        self.hear()


def _jumbled(events: list[dict[str, Any]], dice: random.Random) -> list[dict[str, Any]]:
    jumbled = events + [event for event in events if dice.random() < 0.3]
    dice.shuffle(jumbled)
    return jumbled


def tell(event: dict[str, Any]) -> None:
    """One event at its handler, as the inbox calls it."""
    answer = handlers.ANSWERS.get(event["type"])
    if answer is not None:
        answer.handle([read(event)])
