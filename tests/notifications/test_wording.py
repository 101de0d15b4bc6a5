"""What a notification says, in both languages, whatever its words are."""

import re

import pytest

from financehub.notifications import texts, wording
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Notification


def a(kind, bakery, **words):
    return Notification(company=bakery, kind=kind, severity="info", words=words, object_id="abc")


def test_fills_in_the_words_and_leads_to_the_page(bakery):
    said = wording.word(a("bill_due", bakery, card="Visa", day="10/11/2026", amount="R$ 12,00"), "pt-br")
    assert said.title == "A fatura de Visa vence em 10/11/2026"
    assert said.body == "São R$ 12,00. Deixe o valor na conta ou pague hoje."
    way = f"/cartoes/abc?empresa={bakery.pk.hex}"
    assert (said.page, said.way, said.link.endswith(f":8000{way}")) == ("/cartoes/abc", way, True)


def test_names_of_our_tables_are_said_in_the_readers_language(bakery):
    row = a("channel_off", bakery, channel="push", reason="http_410")
    assert wording.word(row, "pt-br").title == "Paramos de avisar por navegador"
    assert wording.word(row, "en").title == "We stopped telling you by browser"


def test_a_text_of_billing_comes_without_the_link_that_each_channel_adds(bakery):
    words = {"amount": "R$ 29,00", "last_day": "03/02/2026", "refusal": "hard"}
    said = wording.word(a("payment_failed", bakery, **words), "pt-br")
    assert said.title == f"O pagamento do Finance Hub de {bakery.name} falhou"
    assert "R$ 29,00" in said.body
    assert "http" not in said.body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_a_word_that_an_older_row_lacks_breaks_nothing(bakery, kind, language):
    said = wording.word(a(kind, bakery), language)
    assert said.title
    assert "{" not in said.title + said.body


@pytest.mark.parametrize("kind", texts.TEXTS)
def test_both_languages_use_the_same_words(kind):
    named = [set(re.findall(r"{(\w+)}", said.title + said.body)) for said in texts.TEXTS[kind].values()]
    assert named[0] == named[1]
