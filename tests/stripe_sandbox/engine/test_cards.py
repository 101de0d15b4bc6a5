import pytest

from stripe_sandbox.engine.cards import BY_TOKEN, DECLINES, card_of
from stripe_sandbox.errors import InvalidRequest


def test_test_numbers_are_known_however_they_are_written() -> None:
    assert card_of("4242 4242-4242 4242").brand == "visa"
    assert card_of("4000000000009995").charge == "insufficient_funds"
    assert BY_TOKEN["pm_card_visa"].number == "4242424242424242"


def test_a_real_number_is_refused() -> None:
    with pytest.raises(InvalidRequest) as caught:
        card_of("4539578763621486")
    assert caught.value.code == "incorrect_number"


def test_hard_declines_say_not_to_try_again() -> None:
    hard = {name for name, one in DECLINES.items() if one.advice == "do_not_try_again"}
    assert hard == {"lost_card", "stolen_card", "fraudulent", "expired_card"}
