from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine.repricing import restarts, wanted_changes


def change(box: Box, subscription: dict, price: dict, **how) -> dict:
    item = subscription["items"]["data"][0]["id"]
    return box.post(f"/subscriptions/{subscription['id']}", items=[{"id": item, "price": price["id"]}], **how)


class TestAnUpgradeInTheMiddleOfAMonth:
    def test_is_invoiced_now_for_the_rest(self, box: Box) -> None:
        subscription, dearer = box.subscription(), box.price(19900)
        box.advance(days=15)
        change(box, subscription, dearer, proration_behavior="always_invoice")
        invoice = box.invoice(subscription)
        assert [row["amount"] for row in invoice["lines"]["data"]] == [-3950, 9950]
        assert (invoice["total"], invoice["status"], invoice["billing_reason"]) == (
            6000,
            "paid",
            "subscription_update",
        )

    def test_waits_for_the_next_invoice_by_default(self, box: Box) -> None:
        subscription, dearer = box.subscription(), box.price(19900)
        box.advance(days=15)
        change(box, subscription, dearer)
        box.advance(days=16)
        assert sorted(row["amount"] for row in box.invoice(subscription)["lines"]["data"]) == [
            -3950,
            9950,
            19900,
        ]

    def test_costs_nothing_without_proration(self, box: Box) -> None:
        subscription, dearer = box.subscription(), box.price(19900)
        box.advance(days=15)
        changed = change(box, subscription, dearer, proration_behavior="none")
        assert changed["items"]["data"][0]["price"]["id"] == dearer["id"]
        assert len(box.get("/invoices", subscription=subscription["id"])["data"]) == 1

    def test_is_not_made_until_it_is_paid(self, box: Box) -> None:
        customer, dearer = box.customer(), box.price(19900)
        subscription = box.subscription(customer)
        box.control("/outcomes", of=customer["id"], outcomes=["insufficient_funds"])
        how = {"proration_behavior": "always_invoice", "payment_behavior": "pending_if_incomplete"}
        waiting = change(box, subscription, dearer, **how)
        assert waiting["pending_update"]["subscription_items"][0]["price"]["id"] == dearer["id"]
        assert waiting["items"]["data"][0]["price"]["unit_amount"] == 7900
        assert waiting["status"] == "active"
        box.post(f"/invoices/{waiting['latest_invoice']}/pay")
        assert box.again(subscription)["items"]["data"][0]["price"]["unit_amount"] == 19900
        assert "customer.subscription.pending_update_applied" in box.types()

    def test_is_forgotten_when_it_is_not_paid_in_a_day(self, box: Box) -> None:
        customer, dearer = box.customer(), box.price(19900)
        subscription = box.subscription(customer)
        box.control("/outcomes", of=customer["id"], outcomes=["insufficient_funds"])
        change(
            box,
            subscription,
            dearer,
            proration_behavior="always_invoice",
            payment_behavior="pending_if_incomplete",
        )
        box.advance(days=1)
        now = box.again(subscription)
        assert (now["pending_update"], now["items"]["data"][0]["price"]["unit_amount"]) == (None, 7900)
        assert box.types()[-1] == "customer.subscription.pending_update_expired"

    def test_may_be_an_error_that_changes_nothing(self, box: Box) -> None:
        customer, dearer = box.customer(), box.price(19900)
        subscription = box.subscription(customer)
        box.control("/outcomes", of=customer["id"], outcomes=["insufficient_funds"])
        item = subscription["items"]["data"][0]["id"]
        error = box.refused(
            "POST", f"/subscriptions/{subscription['id']}", items=[{"id": item, "price": dearer["id"]}],
            proration_behavior="always_invoice", payment_behavior="error_if_incomplete",
        )  # fmt: skip
        assert error["decline_code"] == "insufficient_funds"
        assert box.again(subscription)["items"]["data"][0]["price"]["unit_amount"] == 7900


def test_month_to_year_begins_anew_and_is_paid_at_once(box: Box) -> None:
    subscription, yearly = box.subscription(), box.price(79000, "year")
    box.advance(days=15)
    changed = change(box, subscription, yearly)
    assert box.invoice(subscription)["total"] == 79000 - 3950
    period = changed["items"]["data"][0]
    assert period["current_period_end"] - period["current_period_start"] == 365 * 86_400


def test_year_to_month_leaves_credit_that_pays_the_following_months(box: Box) -> None:
    customer, monthly = box.customer(), box.price(7900)
    subscription = box.subscription(customer, box.price(79000, "year"))
    change(box, subscription, monthly)
    assert box.again(customer)["balance"] == 7900 - 79000
    box.advance(days=31)
    assert box.invoice(subscription)["amount_due"] == 0


def test_a_change_during_a_trial_is_free(box: Box) -> None:
    subscription, dearer = box.subscription(trial_period_days=14), box.price(19900)
    changed = change(box, subscription, dearer, proration_behavior="always_invoice")
    assert (changed["status"], changed["items"]["data"][0]["price"]["id"]) == ("trialing", dearer["id"])
    assert len(box.get("/invoices")["data"]) == 1


def test_the_same_price_is_no_change(box: Box) -> None:
    subscription = box.subscription()
    item = subscription["items"]["data"][0]
    assert wanted_changes(box.world, [{"id": item["id"], "price": item["price"]["id"]}]) == []
    assert len(wanted_changes(box.world, [{"id": item["id"], "quantity": 2}])) == 1
    assert restarts({"billing_cycle_anchor": {"type": "now"}})
