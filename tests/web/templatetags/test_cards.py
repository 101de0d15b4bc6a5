"""Words of the cards pages: every code has them, in both languages."""

import pytest
from django.utils.translation import override

from financehub.banking.cards.billing_cycles import Rule
from financehub.banking.cards.checking import Cause
from financehub.banking.cards.limits import Sharing
from financehub.banking.cards.paying import BillState, Source
from financehub.web.templatetags import cards

EVERY = [
    (cards.bill_state, BillState, set()),
    (cards.rule_words, Rule, set()),
    (cards.source_words, Source, set()),
    (cards.cause_words, Cause, set()),
    (cards.sharing_words, Sharing, {"alone"}),
]


@pytest.mark.parametrize(("filter_of", "codes", "silent"), EVERY)
@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_every_code_has_words(filter_of, codes, silent, language):  # type: ignore[no-untyped-def]
    with override(language):
        assert all(filter_of(code.value) for code in codes if code.value not in silent)


def test_words_follow_the_language_of_the_page() -> None:
    with override("pt-br"):
        assert (cards.bill_state("overdue"), cards.charge_words("IOF")) == ("em atraso", "IOF")
    with override("en"):
        assert cards.bill_state("overdue") == "overdue"


def test_a_charge_nobody_knows_keeps_its_name() -> None:
    assert cards.charge_words("NEW_FEE") == "NEW_FEE"


def test_only_states_that_need_attention_are_coloured() -> None:
    assert (cards.bill_tone("overdue"), cards.bill_tone("paid"), cards.bill_tone("future")) == (
        "bad",
        "good",
        "",
    )
