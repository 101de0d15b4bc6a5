"""The official client calls everything Stripe in a box can do, room by room."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tests.contract.stripe_record import Record
from tests.stripe_simulator import API_VERSION, StripeSimulator


@dataclass
class Drive:
    """One run through everything, room by room."""

    simulator: StripeSimulator
    client: Any
    record: Record

    def everything(self) -> None:
        self.catalogue()
        self.account()
        self.customers()
        self.methods()
        self.checkout_and_portal()
        self.subscriptions()
        self.schedules()
        self.invoices()
        self.payments()
        self.disputes()
        self.endings()

    # -- what is sold --------------------------------------------------------------------------

    def catalogue(self) -> None:
        c = self.client
        product = c.products.create(
            {"name": "Professional", "metadata": {"plan": "pro"}, "marketing_features": [{"name": "x"}]}
        )
        self.product = c.products.update(product.id, {"description": "d"}).id
        c.products.retrieve(product.id)
        c.products.list({"active": True})
        c.products.delete(c.products.create({"name": "gone"}).id)
        self.month = self._price(7900, "month", "pro_month")
        self.year = self._price(79000, "year", "pro_year")
        self.dear = self._price(19900, "month", "ent_month")
        c.prices.update(self.month, {"nickname": "pro", "metadata": {"a": "1"}})
        c.prices.retrieve(self.month)
        c.prices.list({"lookup_keys": ["pro_month"], "active": True, "expand": ["data.product"]})
        self._coupons()

    def _price(self, amount: int, interval: str, key: str) -> str:
        made = self.client.prices.create(
            {
                "product": self.product,
                "currency": "brl",
                "unit_amount": amount,
                "recurring": {"interval": interval},
                "lookup_key": key,
                "tax_behavior": "inclusive",
            }
        )
        return str(made.id)

    def _coupons(self) -> None:
        c = self.client
        self.coupon = c.coupons.create({"percent_off": 10, "duration": "once", "name": "Dez"}).id
        c.coupons.retrieve(self.coupon)
        c.coupons.update(self.coupon, {"name": "10"})
        c.coupons.list()
        c.coupons.delete(c.coupons.create({"amount_off": 100, "currency": "brl", "duration": "forever"}).id)
        promotion = {"type": "coupon", "coupon": self.coupon}
        code = c.promotion_codes.create({"promotion": promotion, "code": "DEZ"})
        c.promotion_codes.retrieve(code.id)
        c.promotion_codes.update(code.id, {"metadata": {"a": "1"}})
        c.promotion_codes.list({"code": "DEZ"})

    # -- the account ---------------------------------------------------------------------------

    def account(self) -> None:
        c = self.client
        c.accounts.retrieve_current()
        endpoint = c.webhook_endpoints.create(
            {"url": "http://127.0.0.1:9/hook", "enabled_events": ["invoice.paid"], "api_version": API_VERSION}
        )
        c.webhook_endpoints.retrieve(endpoint.id)
        c.webhook_endpoints.update(endpoint.id, {"disabled": True})
        c.webhook_endpoints.list()
        c.webhook_endpoints.delete(endpoint.id)
        feature = c.entitlements.features.create({"name": "Sync", "lookup_key": "sync"})
        c.entitlements.features.retrieve(feature.id)
        c.entitlements.features.list()
        self._clocks()

    def _clocks(self) -> None:
        clocks, now = self.client.test_helpers.test_clocks, self.simulator.told("")["now"]
        clock = clocks.create({"frozen_time": now})
        clocks.advance(clock.id, {"frozen_time": now + 86_400})
        clocks.retrieve(clock.id)
        clocks.list()
        clocks.delete(clock.id)

    # -- people --------------------------------------------------------------------------------

    def customers(self) -> None:
        c = self.client
        tax_ids = [{"type": "br_cnpj", "value": "12.345.678/0001-95"}]
        address = {
            "country": "BR",
            "city": "Recife",
            "line1": "Rua 1",
            "postal_code": "50000-000",
            "state": "PE",
        }
        customer = c.customers.create(
            {
                "email": "ana@example.com",
                "name": "Ana",
                "address": address,
                "tax_id_data": tax_ids,
                "metadata": {"company_id": "1"},
            }
        )
        self.customer = customer.id
        c.customers.retrieve(self.customer, {"expand": ["subscriptions", "tax_ids"]})
        c.customers.update(self.customer, {"phone": "+55"})
        c.customers.list({"email": "ana@example.com"})
        c.customers.search({"query": "metadata['company_id']:'1'"})
        tax_id = c.customers.tax_ids.create(self.customer, {"type": "br_cpf", "value": "123.456.789-09"})
        c.customers.tax_ids.retrieve(self.customer, tax_id.id)
        c.customers.tax_ids.list(self.customer)
        c.customers.tax_ids.delete(self.customer, tax_id.id)
        c.customers.delete(c.customers.create({"name": "gone"}).id)
        c.entitlements.active_entitlements.list({"customer": self.customer})

    def methods(self) -> None:
        c = self.client
        method = c.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}})
        self.card = method.id
        c.payment_methods.attach(self.card, {"customer": self.customer})
        c.payment_methods.update(self.card, {"metadata": {"a": "1"}})
        c.payment_methods.retrieve(self.card)
        c.payment_methods.list({"customer": self.customer, "type": "card"})
        c.customers.payment_methods.list(self.customer)
        c.customers.payment_methods.retrieve(self.customer, self.card)
        c.customers.update(self.customer, {"invoice_settings": {"default_payment_method": self.card}})
        other = c.payment_methods.create({"type": "boleto", "boleto": {"tax_id": "123.456.789-09"}})
        c.payment_methods.attach(other.id, {"customer": self.customer})
        c.payment_methods.detach(other.id)
        setup = c.setup_intents.create({"customer": self.customer, "payment_method": "pm_card_visa"})
        c.setup_intents.update(setup.id, {"description": "x"})
        c.setup_intents.confirm(setup.id)
        c.setup_intents.retrieve(setup.id)
        c.setup_intents.list({"customer": self.customer})
        c.setup_intents.cancel(c.setup_intents.create({"customer": self.customer}).id)

    # -- hosted pages --------------------------------------------------------------------------

    def checkout_and_portal(self) -> None:
        c = self.client
        session = c.checkout.sessions.create(self.session_params())
        c.checkout.sessions.update(session.id, {"metadata": {"a": "1"}})
        c.checkout.sessions.line_items.list(session.id)
        c.checkout.sessions.list({"customer": self.customer})
        self.simulator.control(f"/checkout/{session.id}/pay", card="4242424242424242")
        c.checkout.sessions.retrieve(session.id, {"expand": ["line_items", "subscription.latest_invoice"]})
        c.checkout.sessions.expire(c.checkout.sessions.create(self.session_params()).id)
        late = c.checkout.sessions.create(self.session_params())
        self.simulator.control(f"/checkout/{late.id}/pay", boleto="123.456.789-09")
        intent = c.payment_intents.list({"customer": self.customer, "limit": 1}).data[0]
        self.simulator.control(f"/payment_intents/{intent.id}/pay_boleto")
        unpaid = c.checkout.sessions.create(self.session_params())
        self.simulator.control(f"/checkout/{unpaid.id}/pay", boleto="123.456.789-09")
        self._portal()

    def session_params(self) -> dict[str, Any]:
        return {
            "mode": "subscription",
            "customer": self.customer,
            "client_reference_id": "1",
            "locale": "pt-BR",
            "line_items": [{"price": self.month, "quantity": 1}],
            "allowed_payment_method_types": ["card", "boleto"],
            "payment_method_options": {"boleto": {"expires_after_days": 3}},
            "payment_method_collection": "always",
            "subscription_data": {"metadata": {"company_id": "1"}, "billing_mode": {"type": "flexible"}},
            "metadata": {"company_id": "1"},
            "allow_promotion_codes": True,
            "billing_address_collection": "required",
            "customer_update": {"address": "auto", "name": "auto"},
            "success_url": "http://shop/ok?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://shop/plans",
        }

    def _portal(self) -> None:
        portal = self.client.billing_portal
        made = portal.configurations.create({"features": {"invoice_history": {"enabled": True}}})
        products = [{"product": self.product, "prices": [self.month, self.dear]}]
        update = {"enabled": True, "default_allowed_updates": ["price"], "products": products}
        portal.configurations.update(made.id, {"features": {"subscription_update": update}})
        portal.configurations.retrieve(made.id)
        portal.configurations.list({"active": True})
        flow = {"type": "payment_method_update"}
        portal.sessions.create({"customer": self.customer, "return_url": "http://shop", "flow_data": flow})

    # -- subscriptions -------------------------------------------------------------------------

    def subscribe(self, **more: Any) -> Any:
        wanted = {"customer": self.customer, "items": [{"price": self.month}], **more}
        return self.client.subscriptions.create(wanted)

    def subscriptions(self) -> None:
        c = self.client
        subscription = self.subscribe(
            trial_period_days=14, expand=["latest_invoice.confirmation_secret", "pending_setup_intent"]
        )
        item = subscription["items"].data[0].id
        c.subscriptions.update(subscription.id, {"trial_end": "now"})
        c.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
        c.subscriptions.update(subscription.id, {"cancel_at_period_end": False})
        c.subscriptions.retrieve(subscription.id)
        c.subscriptions.list({"customer": self.customer, "status": "all"})
        details = {"items": [{"id": item, "price": self.dear}], "proration_behavior": "always_invoice"}
        c.invoices.create_preview({"subscription": subscription.id, "subscription_details": details})
        self.simulator.advance(days=10)
        self.simulator.control("/outcomes", of=self.customer, outcomes=["insufficient_funds"])
        change = {**details, "payment_behavior": "pending_if_incomplete"}
        waiting = c.subscriptions.update(subscription.id, change)
        c.invoices.pay(waiting.latest_invoice)
        c.subscriptions.migrate(subscription.id, {"billing_mode": {"type": "flexible"}})
        c.subscriptions.pause(subscription.id)
        c.subscriptions.resume(subscription.id)
        discounted = self.subscribe(discounts=[{"coupon": self._forever()}])
        c.subscriptions.delete_discount(discounted.id)
        self._items(discounted.id)

    def _forever(self) -> str:
        return str(self.client.coupons.create({"percent_off": 50, "duration": "forever"}).id)

    def _items(self, subscription: str) -> None:
        items = self.client.subscription_items
        made = items.create({"subscription": subscription, "price": self.dear})
        items.update(made.id, {"quantity": 2})
        items.retrieve(made.id)
        items.list({"subscription": subscription})
        items.delete(made.id)

    def schedules(self) -> None:
        schedules = self.client.subscription_schedules
        subscription = self.subscribe()
        schedule = schedules.create({"from_subscription": subscription.id})
        first = schedule.phases[0]
        now = {"items": [{"price": self.month}], "start_date": first.start_date, "end_date": first.end_date}
        later = {"items": [{"price": self.dear}], "duration": {"interval": "month", "interval_count": 1}}
        schedules.update(schedule.id, {"phases": [now, later], "end_behavior": "release"})
        schedules.retrieve(schedule.id)
        schedules.list({"customer": self.customer})
        schedules.release(schedule.id)
        other = schedules.create({"from_subscription": self.subscribe().id})
        schedules.cancel(other.id)

    # -- invoices ------------------------------------------------------------------------------

    def invoices(self) -> None:
        c = self.client
        entry = c.invoice_items.create(
            {"customer": self.customer, "amount": 500, "currency": "brl", "description": "Setup"}
        )
        c.invoice_items.retrieve(entry.id)
        c.invoice_items.list({"customer": self.customer})
        draft = c.invoices.create({"customer": self.customer, "pending_invoice_items_behavior": "include"})
        c.invoices.update(draft.id, {"metadata": {"a": "1"}})
        c.invoices.line_items.list(draft.id)
        c.invoices.finalize_invoice(draft.id)
        c.invoices.send_invoice(draft.id)
        c.invoices.pay(draft.id, {"off_session": True})
        c.invoices.retrieve(draft.id, {"expand": ["payments", "confirmation_secret"]})
        payment = c.invoice_payments.list({"invoice": draft.id}).data[0]
        c.invoice_payments.retrieve(payment.id)
        gone = c.invoice_items.create({"customer": self.customer, "amount": 1, "currency": "brl"})
        c.invoice_items.delete(gone.id)
        c.invoices.delete(c.invoices.create({"customer": self.customer}).id)
        self.paid_invoice = draft.id
        self._unpaid_invoices()

    def _unpaid_invoices(self) -> None:
        c = self.client
        c.customers.update(self.customer, {"invoice_settings": {"footer": "obrigado"}})
        for _ in range(2):
            self.simulator.control("/outcomes", of=self.customer, outcomes=["lost_card"])
            failed = self.subscribe(default_payment_method=self.card).latest_invoice
            c.invoices.mark_uncollectible(failed)
            c.invoices.void_invoice(failed)
        sent = self.subscribe(collection_method="send_invoice", days_until_due=5)
        self.simulator.advance(days=6)
        c.invoices.list({"subscription": sent.id, "status": "open"})

    # -- money ---------------------------------------------------------------------------------

    def payments(self) -> None:
        c = self.client
        note = c.credit_notes.create({"invoice": self.paid_invoice, "amount": 100, "refund_amount": 100})
        c.credit_notes.retrieve(note.id)
        c.credit_notes.update(note.id, {"memo": "x"})
        c.credit_notes.list({"invoice": self.paid_invoice})
        intent = c.payment_intents.create({"amount": 900, "currency": "brl", "customer": self.customer})
        c.payment_intents.update(intent.id, {"description": "x"})
        c.payment_intents.confirm(intent.id, {"payment_method": "pm_card_pendingRefund"})
        c.payment_intents.retrieve(intent.id, {"expand": ["latest_charge.refunds"]})
        c.payment_intents.cancel(c.payment_intents.create({"amount": 900, "currency": "brl"}).id)
        charge = c.charges.list({"payment_intent": intent.id}).data[0]
        c.charges.retrieve(charge.id)
        c.charges.update(charge.id, {"description": "x"})
        refund = c.refunds.create(
            {"payment_intent": intent.id, "amount": 300, "reason": "requested_by_customer"}
        )
        c.refunds.retrieve(refund.id)
        c.refunds.update(refund.id, {"metadata": {"a": "1"}})
        c.refunds.cancel(refund.id)
        c.refunds.list({"charge": charge.id})
        failing = c.refunds.create({"payment_intent": self._pay("pm_card_refundFail")})
        self.simulator.advance(seconds=120)
        c.refunds.retrieve(failing.id)
        c.balance.retrieve()
        c.balance_transactions.retrieve(c.balance_transactions.list().data[0].id)

    def _pay(self, card: str) -> str:
        wanted = {"amount": 900, "currency": "brl", "payment_method": card, "confirm": True}
        return str(self.client.payment_intents.create(wanted).id)

    def disputes(self) -> None:
        c = self.client
        for card in (
            "pm_card_createDispute",
            "pm_card_createDisputeInquiry",
            "pm_card_createIssuerFraudRecord",
        ):
            self._pay(card)
        self.simulator.advance(seconds=10)
        inquiry, dispute = c.disputes.list().data
        file = c.files.create({"purpose": "dispute_evidence", "file": BytesIO(b"signed in")})
        c.files.retrieve(file.id)
        c.files.list({"purpose": "dispute_evidence"})
        c.disputes.update(dispute.id, {"evidence": {"receipt": file.id}, "submit": False})
        c.disputes.update(dispute.id, {"evidence": {"uncategorized_text": "winning_evidence"}})
        c.disputes.close(inquiry.id)
        c.disputes.retrieve(dispute.id)
        warning = c.radar.early_fraud_warnings.list().data[0]
        c.radar.early_fraud_warnings.retrieve(warning.id)
        self.simulator.control(f"/charges/{warning.charge}/review")
        review = c.reviews.list().data[0]
        c.reviews.retrieve(review.id)
        c.reviews.approve(review.id)

    def endings(self) -> None:
        """A month passes, subscriptions and customers end, and every event is read."""
        c = self.client
        pre = c.credit_notes.create({"invoice": self._open_invoice(), "amount": 100})
        c.credit_notes.void_credit_note(pre.id)
        self.read_events()
        self.simulator.advance(days=40)
        live = c.subscriptions.list({"customer": self.customer, "status": "active"}).data
        c.subscriptions.cancel(live[0].id, {"prorate": True, "invoice_now": True})
        c.customers.delete(self.customer)
        self.read_events()

    def read_events(self) -> None:
        """Each event of the last thirty days, read by itself."""
        for event in self.client.events.list({"limit": 100}).auto_paging_iter():
            self.client.events.retrieve(event.id)
            self.record.events.add(event.type)

    def _open_invoice(self) -> str:
        self.simulator.control("/outcomes", of=self.customer, outcomes=["insufficient_funds"])
        return str(self.subscribe(default_payment_method=self.card).latest_invoice)
