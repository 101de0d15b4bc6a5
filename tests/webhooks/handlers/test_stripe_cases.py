"""The table of cases names its events once, each with a handler that is not shared by mistake."""

from financehub.webhooks.handlers import stripe_cases


def test_every_event_about_contested_money_has_its_handler():
    by_prefix = {name.rsplit(".", 1)[0]: answer.handle for name, answer in stripe_cases.ANSWERS.items()}
    assert by_prefix == {
        "refund": stripe_cases.refund_changed,
        "credit_note": stripe_cases.credit_note_changed,
        "charge.dispute": stripe_cases.dispute_changed,
        "radar.early_fraud_warning": stripe_cases.warning_changed,
        "review": stripe_cases.review_changed,
    }
