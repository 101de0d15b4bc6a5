"""A refund that was asked for has no answer until Stripe gave it an id or a no."""

from financehub.billing.models import Refund


def test_has_an_answer_once_stripe_named_or_refused_it():
    assert Refund().has_no_answer
    assert not Refund(stripe_id="re_1").has_no_answer
    assert not Refund(status="refused").has_no_answer
