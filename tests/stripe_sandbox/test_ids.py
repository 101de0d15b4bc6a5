from stripe_sandbox.ids import Ids


def test_the_same_seed_makes_the_same_ids() -> None:
    first, second, other = Ids(7), Ids(7), Ids(8)
    made = first.make("cus")
    assert made == second.make("cus") != other.make("cus")
    assert made.startswith("cus_")
    assert len(made) == 28


def test_digits_and_tokens_have_the_asked_length() -> None:
    ids = Ids(7)
    assert len(ids.token(9)) == 9
    assert ids.digits(47).isdigit()
