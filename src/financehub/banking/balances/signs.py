"""Which way money went: when a row's words, kind or habit say the opposite of its sign."""

import re
from collections.abc import Sequence

from financehub.banking.balances.facts import Row

MONEY_IN = {
    "FOLHA_PAGAMENTO", "RESGATE_APLIC_FINANCEIRA", "RENDIMENTO_APLIC_FINANCEIRA", "ESTORNO", "CASHBACK",
    "DEPOSITO",
}  # fmt: skip
MONEY_OUT = {"TARIFA", "TARIFA_SERVICOS_AVULSOS", "PACOTE_TARIFA_SERVICOS", "SAQUE", "APLICACAO_FINANCEIRA", "CARTAO",
             "BOLETO", "ENCARGOS_JUROS_CHEQUE_ESPECIAL"}  # fmt: skip
CARD_IN = {"PAGAMENTO_FATURA", "ESTORNO", "CASHBACK"}
CARD_OUT = {"TARIFA", "PAGAMENTO", "OPERACOES_CREDITO_CONTRATADAS_CARTAO"}
WORDS_IN = re.compile(
    r"\b(?:recebid\w|recebimento|salario|credito de|cred|estorno|resgate|res|rendimento|rend|deposito|devolucao)\b"
)
WORDS_OUT = re.compile(
    r"\b(?:enviad\w|pagamento|pagto|pag|compra|tarifa|saque|debito|deb|aplicacao|apl|boleto)\b"
)
CARD_WORDS_IN = re.compile(r"\b(?:pagamento recebido|pagamento de fatura|pagto|estorno|credito|cashback)\b")

ALWAYS_THE_OTHER_WAY, ONCE_THE_OTHER_WAY, SAYS_THE_OPPOSITE = 0.6, 0.2, 0.3
INCOME = "01"


def contradiction(row: Row, habit: Sequence[Row], *, is_card: bool) -> tuple[str, float]:
    """The kind of evidence against the row's sign and how likely the sign is wrong; ("", 0) without any."""
    other_way = [elder for elder in habit if (elder.cents > 0) != (row.cents > 0)]
    if habit and len(other_way) == len(habit):
        return "always_the_other_way", ALWAYS_THE_OTHER_WAY if len(habit) > 1 else ONCE_THE_OTHER_WAY
    if not habit and says(row, is_card=is_card) == -_sign(row.cents):
        return "says_the_opposite", SAYS_THE_OPPOSITE
    return "", 0.0


def says(row: Row, *, is_card: bool) -> int:
    """1 when the row's kind or words mean money in, -1 money out, 0 when they tell nothing."""
    comes_in, goes_out = (CARD_IN, CARD_OUT) if is_card else (MONEY_IN, MONEY_OUT)
    if row.operation in comes_in:
        return 1
    if row.operation in goes_out:
        return -1
    if is_card:
        return 1 if CARD_WORDS_IN.search(row.text) else -1 if row.category else 0
    heard_in, heard_out = bool(WORDS_IN.search(row.text)), bool(WORDS_OUT.search(row.text))
    if heard_in != heard_out:
        return 1 if heard_in else -1
    return 1 if row.category.startswith(INCOME) else 0


def _sign(cents: int) -> int:
    return 1 if cents > 0 else -1
