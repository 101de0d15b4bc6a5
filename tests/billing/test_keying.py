"""A key is a row before the call, stays while the answer is unknown, and is never used for another deed."""

from datetime import timedelta

import pytest

from financehub.billing import keying
from financehub.billing.models import StripeDeed
from financehub.core import clock
from financehub.providers.stripe.errors import StripeRefused, StripeUnavailable

pytestmark = pytest.mark.django_db


def asked(error=None, **about):
    """The key of one deed whose call ended with `error`."""
    told = {"name": "portal", "about": "x", **about}
    keys = []
    try:
        with keying.stored_key(told.pop("name"), **told) as key:
            keys.append(key)
            assert StripeDeed.objects.filter(pk=key.split(":")[1], answered_at=None).exists()
            if error is not None:
                raise error
    except (StripeRefused, StripeUnavailable):
        pass
    return keys[0]


def test_an_answered_deed_is_done_and_the_next_is_another():
    assert asked() != asked()
    assert [row.outcome for row in StripeDeed.objects.all()] == ["done", "done"]


def test_a_deed_without_an_answer_is_asked_again_as_the_same():
    lost = asked(StripeUnavailable("POST /x", 0, "timeout"))
    assert asked() == lost
    assert StripeDeed.objects.get().outcome == "done"


def test_a_refused_deed_is_over():
    refused = asked(StripeRefused("POST /x", 400, "no"))
    assert asked() != refused


def test_other_parameters_are_another_deed():
    lost = asked(StripeUnavailable("POST /x", 0, "timeout"), params={"amount": 1, "currency": "brl"})
    assert asked(params={"amount": 2, "currency": "brl"}) != lost
    assert asked(params={"currency": "brl", "amount": 1}) == lost


def test_at_night_old_deeds_are_lost_and_older_ones_gone():
    asked(StripeUnavailable("POST /x", 0, "timeout"))
    asked(about="old")
    StripeDeed.objects.update(created_at=clock.now() - timedelta(days=31))
    StripeDeed.objects.filter(about="old").update(answered_at=clock.now() - timedelta(days=31))
    assert keying.forget_old() == 1
    assert StripeDeed.objects.get().outcome == "lost"


def test_a_key_that_stripe_has_forgotten_is_not_used_again():
    lost = asked(StripeUnavailable("POST /x", 0, "timeout"))
    StripeDeed.objects.update(created_at=clock.now() - timedelta(hours=24))
    assert asked() != lost
    assert {row.outcome for row in StripeDeed.objects.all()} == {"lost", "done"}
