"""The words that banks print on card rows, without accents and in small letters."""

import re
import unicodedata
from functools import lru_cache

PAYMENT = re.compile(
    r"\b(pagamento|pagto|pgto|pag)\b.*\b(recebid[oa]|efetuad[oa]|fatura|obrigad[oa]|cartao|on ?line|debito em conta)\b"
    r"|^(pagamento|pagto|pgto)\b|^credito de pagamento\b|\bobrigado pelo pagamento\b"
)
SYNTHETIC_PAYMENT = re.compile(r"^pagamento recebido$")
CARRIED = re.compile(
    r"^(saldo|valor|total|debito|restante)\b.*\banterior\b|^fatura anterior\b|^saldo (devedor|em rotativo|rotativo)\b"
)
# the vendor's names of finance charges, most telling first
CHARGES = {
    "IOF": re.compile(r"^iof\b"),
    "LATE_PAYMENT_FEE": re.compile(r"^multa\b"),
    "LATE_PAYMENT_INTEREST": re.compile(r"^(juros de mora|juros moratorios|mora)\b"),
    "LATE_PAYMENT_REMUNERATIVE_INTEREST": re.compile(r"^(juros|encargos?)\b"),
}
# what is carried or charged says one of these; what says none of them is a purchase
TELLING = ("iof", "multa", "juros", "mora", "encargo", "anterior", "devedor", "rotativo")
PARCEL = re.compile(r"[\s\-(*]*\b(parc(ela)?\.?\s*)?\d{1,2}\s*(/|de)\s*\d{1,2}\b\)?")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Small letters without accents, single spaces."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(bare.lower().split())


@lru_cache(maxsize=8192)
def stem(text: str) -> str:
    """The description without its n/N: what all parcelas of a purchase have in common."""
    return " ".join(PARCEL.sub(" ", plain(text)).split())


def shown_stem(text: str) -> str:
    """The same as a person reads it."""
    return re.sub(PARCEL.pattern, " ", text, flags=re.IGNORECASE).strip() or text
