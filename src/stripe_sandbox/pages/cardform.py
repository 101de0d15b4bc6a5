"""The card form: its fields, what a person typed, and what is wrong with it."""

from dataclasses import dataclass
from dataclasses import field as field_of
from html import escape

from stripe_sandbox.engine.cards import card_of
from stripe_sandbox.engine.methods import make_boleto, make_card
from stripe_sandbox.errors import StripeError
from stripe_sandbox.forms import read_form
from stripe_sandbox.pages.html import field
from stripe_sandbox.pages.texts import TEXTS, say
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

TEST_CARDS = (
    ("4242 4242 4242 4242", "card_ok"),
    ("4000 0000 0000 0002", "card_declined"),
    ("4000 0000 0000 9995", "card_funds"),
    ("4000 0025 0000 3155", "card_secure"),
    ("4000 0000 0000 0341", "card_later"),
    ("4000 0000 0000 0259", "card_dispute"),
)


@dataclass(frozen=True)
class Form:
    """A form as it is shown again: what was typed, what is wrong with it, and what the bank said."""

    typed: dict[str, str] = field_of(default_factory=dict)
    errors: dict[str, str] = field_of(default_factory=dict)
    refusal: str = ""

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    def value(self, name: str) -> str:
        return self.typed.get(name, "")


class FormWrong(Exception):
    """What a person typed cannot be used: `errors` by field name."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def read_typed(body: bytes) -> dict[str, str]:
    """A page's form as plain texts."""
    sent = read_form(body.decode("utf-8", "replace"))
    return {key: value.strip() for key, value in sent.items() if isinstance(value, str)}


def card_fields(language: str, form: Form) -> str:
    """Number, expiry, code and name; the number and the code are never written back."""
    numeric = 'inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" maxlength="23"'
    expiry = 'inputmode="numeric" autocomplete="cc-exp" placeholder="12/34" maxlength="7"'
    code = 'inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4"'
    return (
        field("number", say(language, "number"), error=form.error("number"), hints=numeric)
        + '<div class="pair">'
        + field(
            "expiry",
            say(language, "expiry"),
            error=form.error("expiry"),
            value=form.value("expiry"),
            hints=expiry,
        )
        + field("cvc", say(language, "cvc"), error=form.error("cvc"), hints=code)
        + "</div>"
        + field(
            "name",
            say(language, "holder"),
            error=form.error("name"),
            value=form.value("name"),
            hints='autocomplete="cc-name"',
        )
    )


def boleto_fields(language: str, form: Form) -> str:
    return (
        f'<p class="quiet">{escape(say(language, "boleto_note"))}</p>'
        + field(
            "payer",
            say(language, "payer"),
            error=form.error("payer"),
            value=form.value("payer"),
            hints='autocomplete="name"',
        )
        + field(
            "tax_id",
            say(language, "tax_id"),
            error=form.error("tax_id"),
            value=form.value("tax_id"),
            hints='maxlength="18"',
        )
    )


def test_card_help(language: str) -> str:
    rows = "".join(
        f"<li><code>{number}</code> <span>{escape(say(language, words))}</span></li>"
        for number, words in TEST_CARDS
    )
    return f'<details class="help"><summary>{escape(say(language, "test_cards"))}</summary><ul>{rows}</ul></details>'


def read_method(world: World, typed: dict[str, str], language: str) -> Json:
    """The payment method a person typed. Raises FormWrong."""
    if typed.get("method") == "boleto":
        return _boleto(world, typed, language)
    return _card(world, typed, language)


def _card(world: World, typed: dict[str, str], language: str) -> Json:
    errors = {
        key: say(language, "needed") for key in ("number", "expiry", "cvc", "name") if not typed.get(key)
    }
    month, year = _expiry(typed.get("expiry", ""))
    if "expiry" not in errors and not 1 <= month <= 12:
        errors["expiry"] = say(language, "expiry_bad")
    card = None
    try:
        card = card_of(typed.get("number", ""))
    except StripeError:
        errors.setdefault("number", say(language, "incorrect_number"))
    if errors or card is None:
        raise FormWrong(errors)
    given = {"exp_month": month, "exp_year": year}
    return make_card(world, card, given, {"name": typed["name"], "email": typed.get("email")})


def _expiry(text: str) -> tuple[int, int]:
    """(month, year) of `12/34`; (0, 0) for anything else."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if len(digits) not in (4, 6):
        return 0, 0
    year = int(digits[2:])
    return int(digits[:2]), year if year > 1999 else 2000 + year


def _boleto(world: World, typed: dict[str, str], language: str) -> Json:
    errors = {key: say(language, "needed") for key in ("payer", "tax_id") if not typed.get(key)}
    if errors:
        raise FormWrong(errors)
    try:
        return make_boleto(world, typed["tax_id"], {"name": typed["payer"], "email": typed.get("email")})
    except StripeError:
        raise FormWrong({"tax_id": say(language, "tax_id_invalid")}) from None


def refusal_words(outcome: str, language: str) -> str:
    """What a decline is called to the person's face."""
    known = {"payment_intent_authentication_failure": "authentication_failed"}.get(outcome, outcome)
    return say(language, known if known in TEXTS else "generic_decline")
