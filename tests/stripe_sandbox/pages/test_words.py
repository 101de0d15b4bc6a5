from starlette.requests import Request

from stripe_sandbox.pages.words import day, language_of, money, price_words, rhythm

MONTHLY = {"unit_amount": 7900, "currency": "brl", "recurring": {"interval": "month"}}


def asked(accept: str = "", query: str = "") -> Request:
    headers = [(b"accept-language", accept.encode())] if accept else []
    return Request({"type": "http", "headers": headers, "query_string": query.encode()})


def test_amounts_are_written_as_they_are_read() -> None:
    assert money(123450, "brl", "pt") == "R$\u00a01.234,50"
    assert money(-5, "brl", "en") == "-R$0.05"
    assert price_words(MONTHLY, "en") == "R$79.00 per month"
    assert rhythm({"recurring": None}, "pt") == ""


def test_a_day_is_brazils_day() -> None:
    assert day(1795656600, "pt") == "25/11/2026"  # 01:30 UTC of the 26th
    assert day(1795656600, "en") == "2026-11-25"


def test_the_language_is_asked_for_then_the_sessions_then_the_browsers() -> None:
    assert language_of(asked("en-US", "lang=pt")) == "pt"
    assert language_of(asked("en-US"), "pt-BR") == "pt"
    assert language_of(asked("en-US"), "auto") == "en"
    assert language_of(asked()) == "pt"
