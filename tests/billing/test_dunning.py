"""An unpaid renewal: days 3, 7 and 14, what is tried, what is asked, and how it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.billing.shop import SECURE, tell

from financehub.billing import dunning, paying_links, standing
from financehub.billing.models import DunningAttempt, DunningCase, Invoice, Notice, State, Subscription
from financehub.notifications import wording
from financehub.notifications.models import Notification
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


@pytest.fixture
def unpaid(moving_shop, django_capture_on_commit_callbacks):
    """A story at the moment its first renewal failed; a fifth outcome is never asked for."""

    def begin(*outcomes):
        moving_shop.buy("starter", "monthly")
        customer = moving_shop.api.customers.list({}).data[0].id
        moving_shop.box.control("/outcomes", of=customer, outcomes=list(outcomes))
        moving_shop.pass_time(days=31)
        moving_shop.pass_time(seconds=7200)
        return DunningCase.objects.of(moving_shop.company).get()

    return begin


def pay_calls(shop):
    """How often somebody asked Stripe to charge an invoice."""
    asked = [row for row in shop.box.told("/requests") if row["method"] == "POST"]
    return len([row for row in asked if row["path"].endswith("/pay") and "/invoices/" in row["path"]])


def days(shop, count):
    """So many days pass at Stripe, and our clock looks every day."""
    for _ in range(count):
        shop.pass_time(days=1)
        dunning.run(at=shop.at())


def state(shop):
    return standing.of(shop.company, at=shop.at()).state


class TestAFailedRenewal:
    def test_opens_one_case_and_keeps_access(self, unpaid, moving_shop):
        case = unpaid("insufficient_funds")
        assert (case.status, case.refusal, case.next_number) == ("open", "soft", 1)
        assert case.next_at - case.first_failed_at == timedelta(days=3)
        assert state(moving_shop) == State.PAST_DUE
        assert standing.of(moving_shop.company, at=moving_shop.at()).plan.id == "starter"
        assert pay_calls(moving_shop) == 0

    def test_ends_after_three_attempts_on_day_14(self, unpaid, moving_shop):
        case = unpaid(*["insufficient_funds"] * 4)
        days(moving_shop, 14)
        case.refresh_from_db()
        assert case.status == "given_up"
        attempts = DunningAttempt.objects.of(moving_shop.company).order_by("created_at")
        assert [(one.trigger, one.outcome, one.code) for one in attempts] == [
            ("day_3", "declined", "insufficient_funds"),
            ("day_7", "declined", "insufficient_funds"),
            ("day_14", "declined", "insufficient_funds"),
        ]
        assert pay_calls(moving_shop) == 3
        subscription = Subscription.objects.of(moving_shop.company).get()
        assert (subscription.status, state(moving_shop)) == ("canceled", State.CANCELLED)
        assert Invoice.objects.of(moving_shop.company).get(pk=case.invoice_id).status == "uncollectible"

    def test_that_is_paid_on_the_second_attempt_is_over(self, unpaid, moving_shop):
        case = unpaid("insufficient_funds", "insufficient_funds")
        days(moving_shop, 10)
        case.refresh_from_db()
        assert (case.status, pay_calls(moving_shop)) == ("paid", 2)
        assert state(moving_shop) == State.ACTIVE

    def test_is_tried_at_once_with_a_new_card(self, unpaid, moving_shop):
        case = unpaid(*["insufficient_funds"] * 2)
        days(moving_shop, 5)
        assert pay_calls(moving_shop) == 1
        api, customer = moving_shop.api, moving_shop.api.customers.list({}).data[0].id
        moving_shop.box.control("/outcomes", of=customer, outcomes=[])
        method = api.payment_methods.attach("pm_card_mastercard", {"customer": customer})
        moving_shop.hear()
        case.refresh_from_db()
        assert (case.status, pay_calls(moving_shop), state(moving_shop)) == ("paid", 2, State.ACTIVE)
        last = DunningAttempt.objects.of(moving_shop.company).order_by("-created_at").first()
        assert (last.trigger, last.outcome) == ("new_card", "paid")
        subscription = api.subscriptions.list({"customer": customer}).data[0]
        assert subscription.default_payment_method == method.id

    def test_is_tried_at_once_with_an_older_card_that_is_chosen_now(self, unpaid, moving_shop):
        api, shop = moving_shop.api, moving_shop
        unpaid(*["insufficient_funds"])
        customer, saved = api.customers.list({}).data[0].id, moving_shop.heard.copy()
        row = Subscription.objects.of(shop.company).get()
        old = api.payment_methods.list({"customer": customer}).data[0]
        assert old.created < DunningCase.objects.of(shop.company).get().first_failed_at.timestamp()
        api.customers.update(customer, {"invoice_settings": {"default_payment_method": old.id}})
        shop.hear()
        assert (pay_calls(shop), state(shop)) == (1, State.ACTIVE)
        for event in (one for one in shop.events() if one["id"] not in saved):
            tell(event)
        assert pay_calls(shop) == 1
        assert api.subscriptions.retrieve(row.stripe_id).default_payment_method == old.id

    def test_is_tried_at_once_with_a_card_that_its_network_renewed(self, unpaid, moving_shop):
        unpaid(*["expired_card"])
        api, customer = moving_shop.api, moving_shop.api.customers.list({}).data[0].id
        card = api.payment_methods.list({"customer": customer}).data[0].id
        moving_shop.box.control(f"/payment_methods/{card}/renew_card")
        moving_shop.hear()
        assert (pay_calls(moving_shop), state(moving_shop)) == (1, State.ACTIVE)
        for event in moving_shop.events():
            if event["type"] == "payment_method.automatically_updated":
                tell(event)
        assert pay_calls(moving_shop) == 1

    def test_with_a_lost_card_is_asked_about_and_never_repeated(self, unpaid, moving_shop):
        case = unpaid("lost_card")
        assert case.refusal == "hard"
        days(moving_shop, 14)
        case.refresh_from_db()
        assert (case.status, pay_calls(moving_shop)) == ("given_up", 0)

    def test_that_needs_the_payer_is_never_repeated(self, unpaid, moving_shop):
        case = unpaid("authentication_required")
        assert case.refusal == "action"
        days(moving_shop, 8)
        case.refresh_from_db()
        assert (case.status, pay_calls(moving_shop)) == ("open", 0)

    @pytest.mark.parametrize("deed", ["void_invoice", "mark_uncollectible"])
    def test_that_support_gives_up_is_over_without_a_word(self, unpaid, moving_shop, deed):
        case = unpaid("insufficient_funds")
        getattr(moving_shop.api.invoices, deed)(case.invoice.stripe_id)
        moving_shop.hear()
        case.refresh_from_db()
        assert case.status == "stopped"
        days(moving_shop, 4)
        assert pay_calls(moving_shop) == 0

    def test_that_stripe_itself_retries_is_left_to_stripe(self, unpaid, moving_shop):
        moving_shop.box.control("/switches", retry_days=[5, 5])
        case = unpaid(*["insufficient_funds"] * 2)
        days(moving_shop, 4)
        case.refresh_from_db()
        assert case.invoice.vendor_retries_at is not None
        assert (pay_calls(moving_shop), case.next_number) == (0, 2)
        days(moving_shop, 2)
        case.refresh_from_db()
        assert case.status == "open"
        days(moving_shop, 5)
        case.refresh_from_db()
        assert (case.status, pay_calls(moving_shop)) == ("paid", 0)

    def test_that_is_paid_on_stripes_page_is_over(self, unpaid, moving_shop):
        case = unpaid("insufficient_funds")
        days(moving_shop, 1)
        moving_shop.api.invoices.pay(case.invoice.stripe_id, {"off_session": False})
        moving_shop.hear()
        case.refresh_from_db()
        assert (case.status, state(moving_shop)) == ("paid", State.ACTIVE)
        assert not DunningAttempt.objects.of(moving_shop.company).exists()

    def test_that_the_customer_cancels_is_over(self, unpaid, moving_shop):
        case = unpaid("insufficient_funds")
        moving_shop.api.subscriptions.cancel(Subscription.objects.of(moving_shop.company).get().stripe_id)
        moving_shop.hear()
        case.refresh_from_db()
        assert case.status == "stopped"


class TestAClockThatStood:
    """Nobody looked for some days: what was missed is not made up for by charging twice in an hour."""

    def look(self, shop, day):
        case = DunningCase.objects.of(shop.company).get()
        shop.pass_time(to=int((case.first_failed_at + timedelta(days=day, minutes=1)).timestamp()))
        for _ in range(3):
            dunning.run(at=shop.at())
        case.refresh_from_db()
        return case

    def test_from_day_2_to_8_tries_once_and_then_on_day_14(self, unpaid, moving_shop):
        unpaid(*["insufficient_funds"] * 3)
        case = self.look(moving_shop, 8)
        assert pay_calls(moving_shop) == 1
        assert case.next_at == case.first_failed_at + timedelta(days=14)
        assert self.look(moving_shop, 14).status == "given_up"
        triggers = DunningAttempt.objects.of(moving_shop.company).order_by("created_at")
        assert list(triggers.values_list("trigger", flat=True)) == ["day_7", "day_14"]

    def test_promises_no_morrow_for_what_is_done_at_once(self, unpaid, moving_shop):
        unpaid(*["insufficient_funds"] * 3)
        self.look(moving_shop, 4)
        days(moving_shop, 2)
        rows = Notification.objects.of(moving_shop.company).filter(kind="payment_retry").order_by("pk")
        said = [wording.word(row, "pt-br").body.split(".")[1].strip() for row in rows]
        assert said == ["Hoje fazemos uma nova tentativa", "Amanhã fazemos uma nova tentativa"]

    def test_until_after_day_14_tries_once_more_before_the_end(self, unpaid, moving_shop):
        unpaid(*["insufficient_funds"] * 4)
        assert self.look(moving_shop, 15).status == "given_up"
        assert pay_calls(moving_shop) == 1


class TestAnAttemptWithoutAnAnswer:
    def test_is_repeated_with_its_own_key_and_charges_once(self, unpaid, moving_shop):
        case = unpaid("insufficient_funds")
        moving_shop.pass_time(days=3)
        path = f"/v1/invoices/{case.invoice.stripe_id}/pay"
        moving_shop.box.control("/faults", kind="lost_answer", path=path, method="POST", times=1)
        dunning.run(at=moving_shop.at())
        attempt = DunningAttempt.objects.of(moving_shop.company).get()
        assert attempt.outcome == "unknown"
        dunning.run(at=moving_shop.at() + timedelta(minutes=20))
        case.refresh_from_db()
        assert case.status == "paid"
        charges = [one for one in moving_shop.api.charges.list({}).data if one.status == "succeeded"]
        assert [charge.amount for charge in charges] == [2900, 2900]


class TestAnEndThatWasInterrupted:
    @pytest.fixture
    def at_the_end(self, unpaid, moving_shop):
        case = unpaid(*["insufficient_funds"] * 4)
        days(moving_shop, 12)
        moving_shop.pass_time(to=int(case.ends_at.timestamp()) + 60)
        return case

    def finished(self, case, shop):
        case.refresh_from_db()
        kinds = set(Notice.objects.of(shop.company).values_list("kind", flat=True))
        return case.status, case.invoice.status, "subscription_ended" in kinds

    def test_between_subscription_and_debt_is_brought_to_its_end(self, at_the_end, moving_shop):
        path = f"/v1/invoices/{at_the_end.invoice.stripe_id}/mark_uncollectible"
        moving_shop.box.control("/faults", kind="error", path=path, times=3)
        dunning.run(at=moving_shop.at())
        moving_shop.hear()
        assert Subscription.objects.of(moving_shop.company).get().status == "canceled"
        dunning.run(at=moving_shop.at() + timedelta(minutes=20))
        moving_shop.hear()
        assert self.finished(at_the_end, moving_shop) == ("given_up", "uncollectible", True)
        assert pay_calls(moving_shop) == 3

    def test_by_the_news_of_it_is_the_same_end(self, at_the_end, moving_shop):
        """The event of the end overtakes the answer to the call that made it."""
        subscription = Subscription.objects.of(moving_shop.company).get().stripe_id
        moving_shop.api.subscriptions.cancel(subscription)
        moving_shop.hear()
        dunning.run(at=moving_shop.at())
        moving_shop.hear()
        assert self.finished(at_the_end, moving_shop) == ("given_up", "uncollectible", True)
        assert pay_calls(moving_shop) == 2


class TestANewCardWhoseNewsWasInterrupted:
    def test_pays_what_comes_as_well(self, unpaid, moving_shop):
        unpaid(*["insufficient_funds"] * 2)
        api, customer = moving_shop.api, moving_shop.api.customers.list({}).data[0].id
        subscription = Subscription.objects.of(moving_shop.company).get().stripe_id
        moving_shop.box.control("/outcomes", of=customer, outcomes=[])
        method = api.payment_methods.attach("pm_card_mastercard", {"customer": customer})
        event = next(
            one
            for one in moving_shop.events()
            if one["type"] == "payment_method.attached" and one["data"]["object"]["id"] == method.id
        )
        path = f"/v1/subscriptions/{subscription}"
        moving_shop.box.control("/faults", kind="error", path=path, method="POST", times=3)
        with pytest.raises(StripeUnavailable):
            tell(event)
        moving_shop.hear()
        assert state(moving_shop) == State.ACTIVE
        assert api.subscriptions.retrieve(subscription).default_payment_method == method.id

        other = api.payment_methods.attach("pm_card_visa", {"customer": customer})
        api.subscriptions.update(subscription, {"default_payment_method": other.id})
        tell(event)
        assert api.subscriptions.retrieve(subscription).default_payment_method == other.id


class TestWhatOwnersAreTold:
    def test_at_failure_before_each_attempt_and_at_the_end(
        self, unpaid, moving_shop, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            unpaid(*["insufficient_funds"] * 4)
            days(moving_shop, 14)
        amount = [message.subject for message in mail.outbox if "29,00" in message.subject]
        assert amount == ["Amanhã tentamos cobrar R$ 29,00 de novo"] * 2
        subjects = [message.subject for message in mail.outbox]
        assert subjects == [
            "O pagamento do Finance Hub de Padaria da Ana falhou",
            "Amanhã tentamos cobrar R$ 29,00 de novo",
            "Amanhã tentamos cobrar R$ 29,00 de novo",
            next(one for one in subjects if one.startswith("Último aviso")),
            "A assinatura de Padaria da Ana foi cancelada",
        ]
        assert all(message.to == ["ana@example.com"] for message in mail.outbox)
        invoice = DunningCase.objects.of(moving_shop.company).get().invoice
        for message in mail.outbox:
            assert f"Pagar agora, sem entrar: {paying_links.link(invoice)}" in message.body
            assert paying_links.link(invoice) in message.alternatives[0].content
        assert paying_links.hosted_page(paying_links.link(invoice).rpartition("/")[2]) == invoice.page_url
        assert invoice.page_url not in mail.outbox[0].body


def test_a_checkout_that_asks_for_3d_secure_is_no_dunning(moving_shop):
    moving_shop.pay(moving_shop.checkout(), card=SECURE)
    moving_shop.hear()
    assert DunningCase.objects.of(moving_shop.company).count() == 0
