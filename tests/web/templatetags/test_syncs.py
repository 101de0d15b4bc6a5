"""The filters say in words what a code means."""

import pytest

from financehub.banking.models import Sync
from financehub.web.templatetags import syncs


@pytest.mark.parametrize(
    ("status", "code", "words", "tone"),
    [
        ("PENDING", "", "esperando", "wait"),
        ("PENDING", "TIMEOUT", "vai tentar de novo", "wait"),
        ("SUCCEEDED", "", "concluída", "good"),
        ("FAILED", "TIMEOUT", "falhou", "bad"),
    ],
)
def test_a_sync_says_where_it_stands(status: str, code: str, words: str, tone: str) -> None:
    sync = Sync(status=status, error_code=code)
    assert (syncs.sync_words(sync), syncs.sync_tone(sync)) == (words, tone)


def test_codes_have_words() -> None:
    assert syncs.consent_words("endless") == "Vale sem data para acabar."
    assert syncs.renewal_words("renewed") == "Renovada"
    assert syncs.action_words("wait") == "esperar"
    assert syncs.schedule_words("end") == "Esta conexão não é mais lida."
    assert syncs.reason_words("differed") == "contagem ou soma diferente"
    assert syncs.problem_words("TIMEOUT") == "O provedor demorou demais para responder."
    assert syncs.problem_words("UNREADABLE_ROW").startswith("Uma linha veio ilegível")
    assert syncs.problem_step("TIMEOUT") == "Vamos tentar de novo em instantes."
