"""Invoices and what became of them: payments, refunds, credit notes."""

from financehub.providers.stripe import shapes
from financehub.providers.stripe.resources.base import PAGE, Calls, Params, once, typed


class Money(Calls):
    """Calls about what is owed and paid."""

    def invoice(self, invoice_id: str) -> shapes.Invoice:
        call = self._api.invoices.retrieve
        return self._caller.ask("GET /v1/invoices/{id}", lambda: call(invoice_id), shapes.Invoice)

    def invoices(self, customer_id: str) -> list[shapes.Invoice]:
        params, call = typed({"customer": customer_id, "limit": PAGE}), self._api.invoices.list
        return self._all("GET /v1/invoices", lambda: call(params), shapes.Invoice)

    def invoice_payments(self, invoice_id: str) -> list[shapes.InvoicePayment]:
        params, call = typed({"invoice": invoice_id, "limit": PAGE}), self._api.invoice_payments.list
        return self._all("GET /v1/invoice_payments", lambda: call(params), shapes.InvoicePayment)

    def invoice_payments_by(self, intent_id: str) -> list[shapes.InvoicePayment]:
        """Which invoices a payment pays; none for money of another kind."""
        wanted = {"type": "payment_intent", "payment_intent": intent_id}
        params, call = typed({"payment": wanted, "limit": PAGE}), self._api.invoice_payments.list
        return self._all("GET /v1/invoice_payments", lambda: call(params), shapes.InvoicePayment)

    def pay_invoice(self, invoice_id: str, *, key: str, method_id: str = "") -> shapes.Invoice:
        """Charge without the payer: the default method, or this one. Raises StripeCardDeclined, StripeActionNeeded."""
        chosen = {"payment_method": method_id} if method_id else {}
        call, params = self._api.invoices.pay, typed({"off_session": True, **chosen})
        return self._caller.ask(
            "POST /v1/invoices/{id}/pay", lambda: call(invoice_id, params, once(key)), shapes.Invoice
        )

    def give_up_invoice(self, invoice_id: str, *, key: str) -> shapes.Invoice:
        """Mark it uncollectible: a bad debt that may still be paid later."""
        call = self._api.invoices.mark_uncollectible
        return self._caller.ask(
            "POST /v1/invoices/{id}/mark_uncollectible",
            lambda: call(invoice_id, None, once(key)),
            shapes.Invoice,
        )

    def preview_invoice(self, params: Params) -> shapes.Preview:
        """What would be due, changing nothing."""
        call = self._api.invoices.create_preview
        return self._caller.ask(
            "POST /v1/invoices/create_preview", lambda: call(typed(params)), shapes.Preview
        )

    def payment_intent(self, intent_id: str) -> shapes.PaymentIntent:
        call = self._api.payment_intents.retrieve
        return self._caller.ask("GET /v1/payment_intents/{id}", lambda: call(intent_id), shapes.PaymentIntent)

    def charge(self, charge_id: str) -> shapes.Charge:
        call = self._api.charges.retrieve
        return self._caller.ask("GET /v1/charges/{id}", lambda: call(charge_id), shapes.Charge)

    def payment_intents(self, customer_id: str) -> list[shapes.PaymentIntent]:
        params, call = typed({"customer": customer_id, "limit": PAGE}), self._api.payment_intents.list
        return self._all("GET /v1/payment_intents", lambda: call(params), shapes.PaymentIntent)

    def charges(self, customer_id: str) -> list[shapes.Charge]:
        params, call = typed({"customer": customer_id, "limit": PAGE}), self._api.charges.list
        return self._all("GET /v1/charges", lambda: call(params), shapes.Charge)

    def credit_note(self, note_id: str) -> shapes.CreditNote:
        call = self._api.credit_notes.retrieve
        return self._caller.ask("GET /v1/credit_notes/{id}", lambda: call(note_id), shapes.CreditNote)

    def credit_notes(self, customer_id: str) -> list[shapes.CreditNote]:
        params, call = typed({"customer": customer_id, "limit": PAGE}), self._api.credit_notes.list
        return self._all("GET /v1/credit_notes", lambda: call(params), shapes.CreditNote)

    def create_refund(self, params: Params, *, key: str) -> shapes.Refund:
        call = self._api.refunds.create
        return self._caller.ask("POST /v1/refunds", lambda: call(typed(params), once(key)), shapes.Refund)

    def refund(self, refund_id: str) -> shapes.Refund:
        call = self._api.refunds.retrieve
        return self._caller.ask("GET /v1/refunds/{id}", lambda: call(refund_id), shapes.Refund)

    def refunds(self, intent_id: str) -> list[shapes.Refund]:
        params, call = typed({"payment_intent": intent_id, "limit": PAGE}), self._api.refunds.list
        return self._all("GET /v1/refunds", lambda: call(params), shapes.Refund)
