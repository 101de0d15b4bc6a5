"""Every state that a row may have has words in both languages, and a story is told in words."""

from financehub.billing import disputing, evidence, overseeing
from financehub.billing.models import DunningAttempt, DunningCase, PaymentState, StaffTask, State
from financehub.billing.refunding import REASONS
from financehub.billing.story import Step
from financehub.core import clock
from financehub.web.operations.billing import texts


def test_every_state_has_words_and_a_tone():
    assert set(texts.STATE_TONES) == set(State.values)
    assert set(texts.PAYMENTS) == set(texts.PAYMENT_TONES) == set(PaymentState.values)
    assert set(texts.CASES) == set(texts.CASE_TONES) == set(DunningCase.Status.values)
    assert set(texts.REFUSED_AS) == set(DunningCase.Refusal.values)
    assert set(texts.OUTCOMES) == set(DunningAttempt.Outcome.values)
    assert set(texts.DISPUTES) == {*disputing.OPEN, *disputing.CLOSED}
    assert set(texts.DISPUTE_GROUPS) == set(overseeing.DISPUTE_GROUPS)
    assert set(texts.TASKS) == set(StaffTask.Kind.values)
    assert set(texts.EVIDENCE) == {*evidence.TEXTS, *evidence.FILES}
    assert set(texts.REFUND_REASONS) == set(REASONS)
    assert all(words.pt and words.en for words in texts.PAGE.values())


def test_a_story_is_told_in_words_the_newest_first():
    at = clock.now()
    steps = [
        Step(at, "billing.dispute_changed", "status lost", "vendor", ""),
        Step(at, "mail", "dispute_closed", "system", ""),
    ]
    told = texts.told(steps)
    assert [(one.what, one.who) for one in told] == [
        ("Aviso aos donos", "o sistema"),
        ("Uma contestação mudou", "o Stripe"),
    ]


def test_an_unknown_no_is_said_as_trouble_with_stripe():
    assert texts.refusal("made_up") == str(texts.REFUSALS["stripe"])
