"""There are words for everything the domain may say."""

import pytest
from django.utils import translation

from financehub.banking import answering, connecting, problems, requesting
from financehub.banking import pluggy as vendor
from financehub.banking.models import Sync
from financehub.providers.pluggy.shapes.items import ExecutionStatus
from financehub.web import texts

QUIET = {"SUCCESS", "CREATING", "CREATED", "MERGING"}
FAILURES = [word for word in ExecutionStatus if not word.endswith("_IN_PROGRESS") and word not in QUIET]


class TestAdvice:
    @pytest.mark.parametrize("code", [*problems.PROBLEMS, problems.UNKNOWN.code, *FAILURES])
    def test_has_words_in_both_languages_for_every_problem(self, code: str) -> None:
        advice = texts.ADVICE[code]

        assert advice.title.pt
        assert advice.title.en
        assert advice.step.pt != advice.step.en

    def test_says_something_for_a_code_of_tomorrow(self) -> None:
        assert str(texts.advice_for("BRAND_NEW").title) == "Algo inesperado aconteceu na leitura do banco."

    def test_says_nothing_when_there_is_nothing_to_say(self) -> None:
        assert not texts.advice_for("").title


class TestRefusal:
    @pytest.mark.parametrize(
        "error",
        [
            answering.NotAsked,
            answering.AnswerRefused,
            answering.CannotRefresh,
            answering.AlreadyFresh,
            answering.CoolingDown,
            answering.NeedsCredentials,
            connecting.ItemParked,
            requesting.NeedsReconnect,
            requesting.NeedsAnswer,
            requesting.NotConnected,
            vendor.PluggyIsOff,
        ],
    )
    def test_has_words_for_every_no_of_the_domain(self, error: type[answering.Conflict]) -> None:
        assert error.code in texts.REFUSALS

    def test_asks_for_patience_otherwise(self) -> None:
        assert texts.refusal("something_else") == "Não deu certo agora. Tente de novo em instantes."

    def test_follows_the_language_of_the_page(self) -> None:
        with translation.override("en"):
            assert texts.refusal("already_fresh") == "The data is already fresh."


class TestTriggers:
    @pytest.mark.parametrize("trigger", Sync.Trigger.values)
    def test_says_why_a_sync_ran(self, trigger: str) -> None:
        assert texts.TRIGGERS[trigger].pt != texts.TRIGGERS[trigger].en
