"""Amounts, days and languages as a person reads them."""

from datetime import UTC, datetime

from starlette.requests import Request

from stripe_sandbox.pages.texts import LANGUAGES, say
from stripe_sandbox.shapes import Json

BRASILIA_SECONDS = -3 * 3600
SYMBOLS = {"brl": "R$", "usd": "US$", "eur": "\u20ac"}


def money(amount: int, currency: str, language: str) -> str:
    """`R$ 1.234,50` or `R$1,234.50`."""
    sign, symbol = "-" if amount < 0 else "", SYMBOLS.get(currency, currency.upper())
    whole, cents = divmod(abs(amount), 100)
    if language == "pt":
        return f"{sign}{symbol}\u00a0{whole:,}".replace(",", ".") + f",{cents:02d}"
    return f"{sign}{symbol}{whole:,}.{cents:02d}"


def day(moment: int, language: str) -> str:
    """The day in Brasilia: `25/11/2026` or `2026-11-25`."""
    there = datetime.fromtimestamp(moment + BRASILIA_SECONDS, UTC)
    return f"{there:%d/%m/%Y}" if language == "pt" else f"{there:%Y-%m-%d}"


def rhythm(price: Json, language: str) -> str:
    recurring = price["recurring"]
    return say(language, f"per_{recurring['interval']}") if recurring else ""


def price_words(price: Json, language: str) -> str:
    """`R$ 79,00 por mes`."""
    return f"{money(price['unit_amount'], price['currency'], language)} {rhythm(price, language)}".strip()


def language_of(request: Request, locale: str | None = None) -> str:
    """`?lang=`, then what the session was made for, then the browser's wish; Portuguese by default."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    wish = locale if locale and locale != "auto" else request.headers.get("accept-language", "pt")
    return "en" if wish.lower().startswith("en") else "pt"
