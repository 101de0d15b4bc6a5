"""Brazilian papers with right check digits: CPF, CNPJ, boleto lines and ISPB-routed bank addresses."""

import hashlib
from datetime import date
from functools import lru_cache
from random import Random

NAMES_KEPT = 4096  # parties repeat thousands of times in one portfolio
_BOLETO_EPOCH = date(2025, 2, 22)  # since then the due-date factor counts again from 1000


def _check_digit(digits: str, weights: range | list[int]) -> str:
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)


def cpf(root: str) -> str:
    """The 11 digits of the CPF whose first nine are `root`."""
    first = _check_digit(root, range(10, 1, -1))
    return root + first + _check_digit(root + first, range(11, 1, -1))


def cnpj(root: str) -> str:
    """The 14 digits of the CNPJ whose first twelve (company and branch) are `root`."""
    weights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    first = _check_digit(root, weights)
    return root + first + _check_digit(root + first, [6, *weights])


def is_cpf(digits: str) -> bool:
    """Whether 11 digits are a CPF that could exist."""
    return len(digits) == 11 and digits.isdigit() and len(set(digits)) > 1 and cpf(digits[:9]) == digits


def is_cnpj(digits: str) -> bool:
    """Whether 14 digits are a CNPJ that could exist."""
    return len(digits) == 14 and digits.isdigit() and len(set(digits)) > 1 and cnpj(digits[:12]) == digits


def _digits(name: str, count: int) -> str:
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())
    return f"{number % 10**count:0{count}d}"


@lru_cache(NAMES_KEPT)
def cpf_named(name: str) -> str:
    """The invented CPF of a person, always the same for the same name."""
    return cpf(_digits("cpf" + name, 9))


@lru_cache(NAMES_KEPT)
def cnpj_named(name: str) -> str:
    """The invented CNPJ of a company's head office, always the same for the same name."""
    return cnpj(_digits("cnpj" + name, 8) + "0001")


def formatted(document: str) -> str:
    """A CPF or CNPJ with its punctuation."""
    d = document
    if len(d) == 11:
        return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}"
    return f"{d[:2]}.{d[2:5]}.{d[5:8]}/{d[8:12]}-{d[12:]}"


def _mod10(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def _mod11(digits: str) -> str:
    total = sum(int(d) * (2 + place % 8) for place, d in enumerate(reversed(digits)))
    check = 11 - total % 11
    return "1" if check in {0, 10, 11} else str(check)


def boleto(bank: str, due: date, cents: int, rng: Random) -> tuple[str, str]:
    """A bank boleto as (47-digit typed line, 44-digit barcode), check digits right."""
    factor = (due - _BOLETO_EPOCH).days + 1000
    factor = factor if factor >= 1000 else factor + 9000 - 1000
    free = f"{rng.randrange(10**13):013d}{rng.randrange(10**12):012d}"
    tail = f"{factor:04d}{cents:010d}"
    barcode = f"{bank}9{_mod11(f'{bank}9{tail}{free}')}{tail}{free}"
    fields = [f"{bank}9{free[:5]}", free[5:15], free[15:25]]
    line = "".join(field + _mod10(field) for field in fields) + barcode[4] + tail
    return line, barcode
