"""One story of billing in a process of its own, told by Stripe's simulator through the real door, under chaos.

Billing acts by the day (a renewal is tried again on day 3), so what comes must be known the same day: late events come
before Stripe's clock moves on, and in seeds with losses the hourly question for undelivered events and the sweep run
then. Seeds without losses have neither. Our clock is Stripe's: it moves with the story.
"""

import json
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import django

django.setup()

from celery import current_app  # noqa: E402 - needs the app registry
from django.conf import settings  # noqa: E402
from django.db import DatabaseError, connections  # noqa: E402
from tests.billing.shop import Shop  # noqa: E402
from tests.builders import make_company, make_member  # noqa: E402
from tests.journeys.billing import books  # noqa: E402
from tests.journeys.billing.telling import Teller  # noqa: E402
from tests.stripe_simulator import StripeSimulator  # noqa: E402

from bench.convergence_chaos import Chaos, Crash  # noqa: E402
from bench.convergence_work import (  # noqa: E402
    WORK,
    Inbox,
    eagerly,
    knock,
    let_leases_end,
    stored_twice,
    unfinished,
)
from financehub.billing import cataloguing  # noqa: E402
from financehub.billing import stripe_account as billing_account  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.providers.stripe.signatures import sign  # noqa: E402
from financehub.webhooks import reconciling, registering, sweeping, waking  # noqa: E402

SECRET = "whsec_of_the_convergence_bench"
TOLD_IN_TIME_ONLY = "renewal_ahead"  # a week's warning that comes after the renewal is not said


class VirtualClock:
    """Stripe's time, running on between two looks at it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._at, self._seen = shop.at(), time.monotonic()

    def look(self) -> None:
        """The story may have moved on; a clock never goes back, or what is read later would count as older."""
        self._at, self._seen = max(self._shop.at(), self.now()), time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._seen)


class Told(Shop):
    """A shop that hears of Stripe through the door."""

    inbox: Inbox
    clock: VirtualClock
    has_losses: bool
    newest = ""

    @cached_property
    def api(self) -> Any:
        return self.box.client().v1

    def hear(self, **_ignored: object) -> None:
        self.clock.look()
        new = self._news()
        self.inbox.deliver(new, is_last=False)
        self.inbox.deliver([], is_last=True)
        if self.has_losses and (new or unfinished()):
            heal()

    def _news(self) -> list[dict[str, Any]]:
        """What Stripe has to tell since the last look, the oldest first."""
        after = {"ending_before": self.newest} if self.newest else {}
        rows = self.api.events.list({"limit": 100, **after}).data
        self.newest = rows[0].id if rows else self.newest
        self.heard |= {row.id for row in rows}
        return [row.to_dict(for_json=True) for row in rows][::-1]


class ToldInChaos(Teller):
    """The story, with our own clock dying as well."""

    chaos: Chaos

    def _look(self) -> None:
        try:
            with self.chaos.mishap(WORK), suppress(DatabaseError):
                super()._look()
        except Crash:
            connections.close_all()
        let_leases_end()
        super()._look()  # the clock asks again, and finds done what was done

    def outcome(self) -> dict[str, Any]:
        told = super().outcome()
        told["notices"] = [kind for kind in told["notices"] if kind != TOLD_IN_TIME_ONLY]
        calls = self.shop.box.told("/requests")
        paid = [row for row in calls if row["method"] == "POST" and row["path"].endswith("/pay")]
        mine = [row for row in paid if row["path"].startswith("/v1/invoices/") and not row["replayed"]]
        told["pay_calls"] = len(mine)  # a repeated key is no second call
        return told


def heal() -> None:
    """What the clock does within the day: dead leases end, lost messages and lost events are found."""
    let_leases_end()
    with eagerly(), suppress(DatabaseError):
        reconciling.fetch_undelivered()
        for _ in range(3):
            sweeping.sweep()
            let_leases_end()


def _knock(raw: bytes) -> int:
    header = sign(raw, SECRET, int(clock.wall().timestamp()))
    return knock("/api/webhooks/stripe", raw, ("HTTP_STRIPE_SIGNATURE", header))


def _forget_connections() -> None:
    billing_account._account_of.cache_clear()  # noqa: SLF001 - two processes must not share a connection


def play(order: dict[str, Any]) -> dict[str, Any]:
    """The whole story, then one sweep; what it came to before and after it."""
    simulator = StripeSimulator(order["url"], order["secret_key"])
    settings.STRIPE_SECRET_KEY = simulator.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = simulator.url
    settings.STRIPE_WEBHOOK_URL, settings.STRIPE_WEBHOOK_SECRET = "http://127.0.0.1:9/stripe", [SECRET]
    waking._bell = waking.Bell(lambda: None)  # noqa: SLF001 - who works when is the seed's to say
    simulator.control(
        "/switches", webhook_loss=1
    )  # the harness brings the events; to Stripe all are undelivered
    chaos = Chaos(order["seed"], has_losses=order["kind"] in {"lossy", "killed"})
    company = make_company()
    begin = datetime.fromtimestamp(simulator.told("")["now"], UTC)
    Company.objects.filter(pk=company.pk).update(created_at=begin)
    company.refresh_from_db()
    shop = Told(simulator, company, make_member(company=company).user)
    shop.clock, shop.has_losses = VirtualClock(shop), chaos.has_losses
    clock.now = shop.clock.now
    cataloguing.set_up()
    registering.register_stripe()
    shop.inbox = Inbox(order["kind"], chaos, _knock, _forget_connections)
    teller = ToldInChaos(shop, order["story"])
    teller.chaos = chaos
    teller.tell()
    before = {**teller.outcome(), "books": books.differences(shop)}
    heal()
    return {
        "before": before,
        "after": {**teller.outcome(), "books": books.differences(shop)},
        "events": len(shop.heard),
        "lost": chaos.lost,
        "crashes": chaos.crashes,
        "cuts": chaos.cuts,
        "doubled": stored_twice(),
        "missing": 0,
        "invented": 0,
        "unfinished": unfinished(),
    }


if __name__ == "__main__":
    current_app.conf.task_always_eager = False
    sys.stdout.write(json.dumps(play(json.loads(sys.argv[1]))) + "\n")
