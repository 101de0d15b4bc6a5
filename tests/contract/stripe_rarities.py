"""What happens seldom: refused set-ups, renewed cards, upgrades nobody paid, warnings that calm down."""

import pytest
import stripe
from tests.contract.stripe_drive import Drive


def rarities(drive: Drive) -> None:
    """Each once, and every event it tells is read."""
    c = drive.client
    drive.customer = c.customers.create({"name": "Bia"}).id
    drive.card = c.payment_methods.attach("pm_card_visa", {"customer": drive.customer}).id
    c.customers.update(drive.customer, {"invoice_settings": {"default_payment_method": drive.card}})
    drive.simulator.control(f"/payment_methods/{drive.card}/renew_card")
    set_ups(drive)
    an_upgrade_nobody_pays(drive)
    an_authentication(drive)
    a_trial_that_ends(drive)
    a_warning_that_calms_down(drive)
    drive.read_events()


def set_ups(drive: Drive) -> None:
    c = drive.client
    wanted = {"customer": drive.customer, "confirm": True}
    c.setup_intents.create({**wanted, "payment_method": "pm_card_authenticationRequired"})
    with pytest.raises(stripe.CardError):
        c.setup_intents.create({**wanted, "payment_method": "pm_card_visa_chargeDeclined"})


def an_upgrade_nobody_pays(drive: Drive) -> None:
    subscription = drive.subscribe()
    drive.simulator.control("/outcomes", of=drive.customer, outcomes=["insufficient_funds"])
    change = {
        "items": [{"id": subscription["items"].data[0].id, "price": drive.dear}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    drive.client.subscriptions.update(subscription.id, change)
    drive.simulator.advance(days=1)


def an_authentication(drive: Drive) -> None:
    drive.simulator.control("/outcomes", of=drive.customer, outcomes=["authentication_required"])
    drive.subscribe()
    intent = drive.client.payment_intents.list({"customer": drive.customer, "limit": 1}).data[0]
    drive.simulator.control(f"/payment_intents/{intent.id}/authenticate")


def a_trial_that_ends(drive: Drive) -> None:
    settings = {"end_behavior": {"missing_payment_method": "pause"}}
    drive.subscribe(trial_period_days=4, trial_settings=settings)
    drive.simulator.advance(days=5)


def a_warning_that_calms_down(drive: Drive) -> None:
    c = drive.client
    wanted = {"amount": 900, "currency": "brl", "confirm": True}
    intent = c.payment_intents.create({**wanted, "payment_method": "pm_card_createIssuerFraudRecord"})
    drive.simulator.advance(seconds=10)
    c.refunds.create({"payment_intent": intent.id, "reason": "fraudulent"})
