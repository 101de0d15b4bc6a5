"""The circuit opens after failures in a row, and lets one call try after a rest."""

from financehub.providers.stripe.circuit import Circuit


def test_lets_through_until_the_threshold():
    circuit = Circuit(threshold=2, rest=60)
    circuit.note(is_well=False)
    assert circuit.lets_through()
    circuit.note(is_well=False)
    assert not circuit.lets_through()


def test_a_success_forgets_the_failures():
    circuit = Circuit(threshold=2, rest=60)
    for is_well in (False, True, False):
        circuit.note(is_well=is_well)
    assert circuit.lets_through()


def test_after_the_rest_one_may_try_and_holds_the_others_back():
    circuit = Circuit(threshold=1, rest=0.05)
    circuit.note(is_well=False)
    circuit._shut_until = 0
    assert circuit.lets_through()
    assert not circuit.lets_through()
