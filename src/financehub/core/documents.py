"""Brazilian tax numbers: check digits, and masking them inside free text."""

import re

# Since July 2026 the first twelve places of a new CNPJ may be letters; the check digits stay digits.
FORMATTED = re.compile(
    r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|\b[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}\b"
)
CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}", re.ASCII)
BARE = re.compile(r"(?<!\d)(?:\d{14}|\d{11})(?!\d)")
LOOKS_LIKE_ONE = re.compile(r"\d{11}|\d[./-]\d|/[0-9A-Z]{4}-\d\d")
MASKED = "***"


def digits(text: str) -> str:
    """Only the digits of a document."""
    return "".join(filter(str.isdecimal, text))


def compact(text: str) -> str:
    """A document without its punctuation, letters as capitals: `12.abc.345/01de-35` is 12ABC34501DE35."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())


def is_cpf(number: str) -> bool:
    """Whether eleven digits are a CPF with right check digits."""
    if len(number) != 11 or len(set(number)) == 1 or not (number.isascii() and number.isdecimal()):
        return False
    return all(_check_digit(number[:n], range(n + 1, 1, -1)) == number[n] for n in (9, 10))


def is_cnpj(number: str) -> bool:
    """Whether fourteen places are a CNPJ with right check digits; letters only as capitals, never at the end."""
    if not CNPJ.fullmatch(number) or len(set(number)) == 1:
        return False
    weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    return all(_check_digit(number[:n], weights[13 - n :]) == number[n] for n in (12, 13))


def mask_documents(text: str) -> str:
    """The text without CPF or CNPJ numbers; bare digits are masked only when their check digits are right."""
    if not LOOKS_LIKE_ONE.search(text):
        return text
    return BARE.sub(_mask_bare, FORMATTED.sub(MASKED, text))


def _mask_bare(found: re.Match[str]) -> str:
    number = found.group()
    return MASKED if is_cpf(number) or is_cnpj(number) else number


def _check_digit(number: str, weights: range | list[int]) -> str:
    """A letter counts as its place after the digits in ASCII: A is 17."""
    places = (ord(place) - ord("0") for place in number)
    rest = sum(value * weight for value, weight in zip(places, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)
