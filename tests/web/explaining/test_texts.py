"""Every cause and every kind of evidence has words."""

import ast
from pathlib import Path

from django.utils.translation import override

from financehub.banking.balances.facts import Cause
from financehub.banking.quotas.regulated import BY_NAME
from financehub.web.explaining import texts

BALANCES = Path(texts.__file__).parents[2] / "banking" / "balances"


def hints_in_code() -> set[str]:
    """Texts of the diagnosis' modules that look like the name of a kind of evidence."""
    files = ("suspects", "twins", "sweeps", "signs", "diagnosing")
    trees = [ast.parse((BALANCES / f"{name}.py").read_text()) for name in files]
    words = {str(node.value) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {
        word for word in words if word.count("_") >= 1 and word.islower() and word.replace("_", "").isalpha()
    }


def test_every_cause_has_a_title_and_a_next_step() -> None:
    shown = set(Cause) - {Cause.ALREADY_COUNTED}
    assert set(texts.CAUSES) == {str(cause) for cause in shown}


def test_every_kind_of_evidence_has_words() -> None:
    silent = {"old_row_moved_balance", "came_late"}
    assert hints_in_code() - set(texts.HINTS) - silent == set()


def test_words_follow_the_language() -> None:
    with override("pt-br"):
        assert str(texts.cause("duplicate").title) == "Lançamento repetido"
    with override("en"):
        assert str(texts.cause("duplicate").title) == "Duplicated row"
        assert str(texts.hint("same_bank_id")) == "the same id at the bank"


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    with override("en"):
        assert str(texts.cause("whatever").title) == "Unknown cause"
    assert str(texts.hint("whatever")) == ""


def test_every_limit_has_words() -> None:
    assert set(texts.QUOTAS) == set(BY_NAME)
    with override("en"):
        assert str(texts.quota("cards_bills")) == "Bills"
