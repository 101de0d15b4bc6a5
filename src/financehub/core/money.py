"""Money is integer cents with its currency; floats never enter."""

from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")
MAX_CENTS = 2**63 - 1


class AmountOutOfRange(ValueError):
    """The amount is not a number that a bank could mean."""


def to_cents(amount: Decimal) -> int:
    """Cents of a decimal amount, halves to even.

    Raises AmountOutOfRange for NaN, infinities and what does not fit 64 bits.
    """
    if not amount.is_finite():
        raise AmountOutOfRange(f"not a finite amount: {amount}")
    if amount.adjusted() > 16:
        raise AmountOutOfRange("amount does not fit 64-bit cents")
    cents = int(scaled := amount * 100)
    if cents != scaled:
        cents = int(amount.quantize(CENT, rounding=ROUND_HALF_EVEN).scaleb(2))
    if not -MAX_CENTS <= cents <= MAX_CENTS:
        raise AmountOutOfRange("amount does not fit 64-bit cents")
    return cents


def to_decimal(cents: int) -> Decimal:
    """The exact decimal amount of `cents`."""
    return Decimal(cents).scaleb(-2)


def is_whole_cents(amount: Decimal) -> bool:
    """Whether converting to cents loses nothing."""
    return amount == amount.quantize(CENT)


def format_amount(cents: int, currency: str = "BRL") -> str:
    """The amount as a Brazilian reads it: `R$ 1.234,56`, `-R$ 0,05`, `US$ 3,00`."""
    symbol = {"BRL": "R$", "USD": "US$", "EUR": "EUR"}.get(currency, currency)
    whole, fraction = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    sign = "-" if cents < 0 else ""
    return f"{sign}{symbol} {grouped},{fraction:02d}"
