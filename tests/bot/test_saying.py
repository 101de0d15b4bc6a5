"""Values as a chat shows them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from pytest_django import Settings
from tests.builders import make_account, make_connector, make_item

from financehub.bot import saying
from financehub.core import clock
from financehub.core.errors import Denied, LimitReached, TryLater


def test_amounts_are_brazilian_in_both_languages() -> None:
    for language in ("pt-br", "en"):
        with translation.override(language):
            assert saying.amount(-123456) == "-R$ 1.234,56"
            assert saying.amount(300, "USD") == "US$ 3,00"


@pytest.mark.parametrize(
    ("seconds", "pt", "en"),
    [
        (5, "agora", "just now"),
        (300, "há 5 min", "5 min ago"),
        (7200, "há 2 h", "2 h ago"),
        (90_000, "há 1 dia", "1 day ago"),
        (200_000, "há 2 dias", "2 days ago"),
    ],
)
def test_ages(seconds: int, pt: str, en: str) -> None:
    moment = clock.now() - timedelta(seconds=seconds + 1)
    assert saying.age(moment) == pt
    with translation.override("en"):
        assert saying.age(moment) == en


def test_days_and_hours_are_where_the_banks_are() -> None:
    assert saying.hour(datetime(2026, 11, 26, 2, 30, tzinfo=UTC)) == "23:30"
    assert saying.day(date(2020, 3, 4)) == "04/03/2020"
    assert saying.day(clock.today()) == f"{clock.today():%d/%m}"
    assert saying.age(None) == "sem leitura"


@pytest.mark.django_db
def test_names_of_others_are_escaped_and_fit_a_button() -> None:
    account = make_account(item=make_item(connector=make_connector(name="A&B <Bank>")), name="Conta")
    assert saying.account_name(account) == "A&amp;B &lt;Bank&gt; · Conta"
    assert saying.bank(account.item.connector if account.item else None) == "A&amp;B &lt;Bank&gt;"
    assert saying.plain_account_name(account) == "A&B <Bank> · Conta"
    assert len(saying.label("x" * 100)) == 40
    assert saying.bank(None) == ""


def test_buttons_lead_to_public_addresses_only(settings: Settings) -> None:
    settings.PUBLIC_URL, settings.IS_HTTPS = "https://hub.example.com", True
    assert saying.link_button("Abrir", "/x")[0][0].url == "https://hub.example.com/x"
    settings.IS_HTTPS = False
    assert saying.link_button("Abrir", "/x") == []


def test_refusals_come_in_words_with_their_numbers(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://hub.example.com"
    full = LimitReached(current=2, limit=2, deed="bank_account", suggested_plan="pro")
    assert saying.refusal(full) == (
        "Seu plano permite 2 contas e você já tem 2.\n"
        "O plano <b>pro</b> permite: https://hub.example.com/assinatura"
    )
    ended = LimitReached(current=0, limit=0, deed="connect", suggested_plan=None)
    assert saying.refusal(ended).startswith("Seu plano não permite isso agora.\nVeja os planos:")
    spent = TryLater(quota="x", returns_on="2020-12-01")
    spent.code = "quota_spent"
    assert "volta em 01/12/2020" in saying.refusal(spent)
    assert "só de leitura" in saying.refusal(Denied())
    assert saying.refusal(TryLater()) == "Não deu certo agora. Tente de novo em instantes."


def test_counts_agree_with_their_words() -> None:
    words = ("conta", "account"), ("contas", "accounts")
    assert [saying.counted(number, *words) for number in (0, 1, 2)] == ["0 contas", "1 conta", "2 contas"]
    with translation.override("en"):
        assert saying.counted(1, *words) == "1 account"
    assert saying.address("/x").endswith("/x")
