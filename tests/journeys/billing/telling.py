"""Telling a story of billing: step by step, Stripe's clock moving, events heard, our own clock looking daily."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import yaml
from django.conf import settings
from tests.billing.promotions import make_code
from tests.billing.shop import CPF, GOOD, Shop
from tests.journeys.billing.names import STORIES

from financehub.billing import (
    changing,
    disputing,
    dunning,
    redeeming,
    refunding,
    reminding,
    standing,
    tax_ids,
)
from financehub.billing.models import (
    CreditNote,
    Customer,
    Discount,
    Dispute,
    Invoice,
    Notice,
    Payment,
    Refund,
    StaffTask,
    Subscription,
)
from financehub.core import clock
from financehub.core.ids import new_id

LATE = 0.2  # this share of a batch is told only with the next one


@dataclass
class Teller:
    """One story under way; without a seed everything is told once and in order."""

    shop: Shop
    name: str
    seed: int | None = None
    story: dict[str, Any] = field(init=False)
    _codes: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.story = yaml.safe_load((STORIES / f"{self.name}.yaml").read_text())
        self._dice = random.Random(self.seed) if self.seed is not None else None

    def tell(self) -> None:
        """Every step, then what was late."""
        for step in self.story["steps"]:
            for deed, about in step.items():
                getattr(self, f"_{deed}")(about)
            self._hear()
        self.shop.hear(dice=self._dice)
        self.shop.hear(dice=self._dice)

    def _hear(self) -> None:
        self.shop.hear(dice=self._dice, loss=LATE if self._dice else 0)

    @property
    def _customer(self) -> str:
        return str(Customer.objects.of(self.shop.company).get().stripe_id)

    # -- steps ------------------------------------------------------------------------------------

    def _buy(self, about: dict[str, str]) -> None:
        checkout = self.shop.checkout(about["plan"], about["period"])
        if "code" in about:
            typed = {"promotion_code": self._codes[about["code"]]}
            self.shop.box.control(f"/checkout/{checkout.stripe_id}/promotion", **typed)
        self.shop.pay(checkout, card=about.get("card", GOOD))

    def _code(self, about: dict[str, Any]) -> None:
        """An operator makes a coupon with a code at Stripe."""
        terms = {name: value for name, value in about.items() if name != "word"}
        self._codes[about["word"]] = make_code(self.shop, about["word"], **terms)

    def _use_code(self, word: str) -> None:
        redeeming.use_code(company=self.shop.company, word=word, by=self.shop.by)

    def _tax_id(self, document: str) -> None:
        tax_ids.set_tax_id(company=self.shop.company, user=self.shop.user, document=document, by=self.shop.by)

    def _credit_note(self, cents: int) -> None:
        """The operator takes a part of the last invoice back, with a refund."""
        invoice = Invoice.objects.of(self.shop.company).order_by("created_at").last()
        assert invoice is not None
        self.shop.api.credit_notes.create({"invoice": invoice.stripe_id, "refund_amount": cents})

    def _fail_refund(self, _about: object) -> None:
        """The payer's bank sends the last refund back."""
        refund = self.shop.api.refunds.list({}).data[0].id
        self.shop.box.control(f"/refunds/{refund}/fail")

    def _warn(self, _about: object) -> None:
        """The card's network fears fraud in the last charge."""
        charge = self.shop.api.charges.list({"customer": self._customer}).data[0].id
        self.shop.box.control(f"/charges/{charge}/warn")

    def _accept_dispute(self, _about: object) -> None:
        """The last charge is disputed; one person of the staff proposes to take the loss, another does."""
        charge = self.shop.api.charges.list({"customer": self._customer}).data[0].id
        self.shop.box.control(f"/charges/{charge}/dispute")
        self._hear()
        self._hear()
        row = Dispute.objects.of(self.shop.company).get()
        with self._at_the_moment():
            disputing.propose_to_accept(dispute=row, person=new_id(), by=self.shop.by)
            disputing.accept(dispute=row, person=new_id(), by=self.shop.by)

    @contextmanager
    def _at_the_moment(self) -> Iterator[None]:
        """Our clock where Stripe's is, for deeds that have a deadline."""
        before = settings.CLOCK_AHEAD
        settings.CLOCK_AHEAD = self.shop.at() - clock.wall()
        try:
            yield
        finally:
            settings.CLOCK_AHEAD = before

    def _boleto(self, about: dict[str, str]) -> None:
        checkout = self.shop.checkout(about["plan"], about["period"])
        self.shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")

    def _voucher(self, what: str) -> None:
        intent = self.shop.api.payment_intents.list({}).data[0].id
        self.shop.box.control(f"/payment_intents/{intent}/{what}")

    def _fail(self, outcomes: list[str]) -> None:
        self.shop.box.control("/outcomes", of=self._customer, outcomes=outcomes)

    def _days(self, count: int) -> None:
        for _ in range(count):
            self.shop.box.advance(days=1)
            self._hear()
            self._look()

    def _hours(self, count: int) -> None:
        self.shop.box.advance(seconds=3600 * count)
        self._hear()
        self._look()

    def _look(self) -> None:
        dunning.run(at=self.shop.at())
        reminding.remind(at=self.shop.at())

    def _change(self, about: dict[str, str]) -> None:
        changing.change(
            company=self.shop.company, plan_id=about["plan"], period=about["period"], by=self.shop.by
        )

    def _cancel(self, when: str) -> None:
        changing.cancel(company=self.shop.company, by=self.shop.by, now=when == "now")

    def _keep(self, _about: object) -> None:
        changing.keep(company=self.shop.company, by=self.shop.by)

    def _new_card(self, token: str) -> None:
        self.shop.box.control("/outcomes", of=self._customer, outcomes=[])
        self.shop.api.payment_methods.attach(token, {"customer": self._customer})

    def _refund(self, cents: int | None) -> None:
        payment = Payment.objects.of(self.shop.company).order_by("created_at").last()
        assert payment is not None
        refunding.refund(payment=payment, reason="requested_by_customer", by=self.shop.by, amount_cents=cents)

    def _dispute(self, outcome: str) -> None:
        charge = self.shop.api.charges.list({"customer": self._customer}).data[0].id
        self.shop.box.control(f"/charges/{charge}/dispute")
        dispute = self.shop.api.disputes.list({}).data[0].id
        self._hear()
        self.shop.box.control(f"/disputes/{dispute}/{outcome}")

    def _second_tab(self, about: dict[str, str]) -> None:
        """A page that was open all the time is paid as well."""
        api = self.shop.api
        price = api.prices.list({"lookup_keys": [about["price"]]}).data[0].id
        card = api.payment_methods.list({"customer": self._customer}).data[0].id
        api.subscriptions.create(
            {"customer": self._customer, "items": [{"price": price}], "default_payment_method": card}
        )

    # -- what it came to --------------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """The story's end in the words of its `expect`."""
        company = self.shop.company
        now = standing.of(company, at=self.shop.at())
        bills = Invoice.objects.of(company).order_by("created_at", "stripe_id")
        requests = self.shop.box.told("/requests")
        paying = [row for row in requests if row["method"] == "POST" and row["path"].endswith("/pay")]
        refunds = Refund.objects.of(company).order_by("created_at", "stripe_id")
        told = {
            "state": now.state.value if now.state else None,
            "plan": now.plan.id,
            "subscriptions": sorted(row.status for row in Subscription.objects.of(company)),
            "invoices": [
                [f"{bill.created_at:%Y-%m-%d}", bill.billing_reason, bill.status, bill.paid_cents]
                for bill in bills
            ],
            "charges": self._charges(),
            "pay_calls": len([row for row in paying if row["path"].startswith("/v1/invoices/")]),
            "refunds": [[row.status, row.amount_cents] for row in refunds],
            "notices": sorted(Notice.objects.of(company).values_list("kind", flat=True)),
        }
        return told | {name: part for name, part in self._more().items() if name in self.story["expect"]}

    def _more(self) -> dict[str, Any]:
        """What only some stories are about."""
        company = self.shop.company
        discounts = Discount.objects.of(company).order_by("starts_at").select_related("coupon")
        notes = CreditNote.objects.of(company).order_by("created_at", "stripe_id")
        tasks = StaffTask.objects.filter(company=company).order_by("opened_at")
        return {
            "discounts": [[row.code, row.ended_at is None] for row in discounts],
            "credit_notes": [[note.status, note.amount_cents] for note in notes],
            "disputes": [[row.status, row.moved_cents] for row in Dispute.objects.of(company)],
            "tax_ids": [[row.kind, row.number] for row in tax_ids.of(company)],
            "tasks": [[task.kind, task.closed_at is None] for task in tasks],
        }

    def _charges(self) -> list[list[object]]:
        """By Stripe's own list: day, status, cents."""
        rows = self.shop.api.charges.list({"limit": 100}).data
        days = [(row.created, row.status, row.amount) for row in rows]
        return [[day_of(created), status, amount] for created, status, amount in sorted(days)]


def day_of(seconds: int) -> str:
    """The day of a moment at Stripe, in UTC."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
