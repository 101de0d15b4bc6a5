"""Words of the cards pages that depend on a code, in Portuguese and English."""

from financehub.web.texts import Words

STATE_TONES = {
    "open": "live",
    "closed": "wait",
    "paid": "good",
    "overpaid": "good",
    "partly_paid": "wait",
    "overdue": "bad",
    "carried": "wait",
}
RULES = {
    "person": Words("você pôs nesta fatura", "you put it on this bill"),
    "bill": Words("o banco diz que é desta fatura", "the bank says it is on this bill"),
    "forecast": Words("o banco prevê esta fatura", "the bank forecasts this bill"),
    "cycle": Words("pela data e pelo fechamento", "by its day and the closing day"),
}
SOURCES = {
    "row": Words("lançamento do cartão", "a row of the card"),
    "bill": Words("informado na fatura", "told by the bill"),
    "both": Words("lançamento e fatura, contado uma vez", "row and bill, counted once"),
    "next_bill": Words("a fatura seguinte não cobra esta", "the next bill does not ask for it"),
}
CAUSES = {
    "not_covered": Words(
        "A fatura começa antes do primeiro dia que lemos: faltam lançamentos antigos.",
        "The bill begins before the first day we read: old rows are missing.",
    ),
    "previous_unknown": Words(
        "Não temos a fatura anterior: pode ser o saldo que ela deixou.",
        "We do not have the previous bill: it may be what it left over.",
    ),
    "not_carried": Words(
        "Esta fatura não cobra o que sobrou da anterior.",
        "This bill does not ask for what was left of the previous one.",
    ),
    "pending": Words("É o valor de lançamentos ainda pendentes.", "It is the amount of rows still pending."),
    "hidden": Words(
        "É o valor de um lançamento apagado ou retirado.", "It is the amount of a deleted or withdrawn row."
    ),
    "neighbour": Words(
        "É o valor de um lançamento ao lado do fechamento, talvez da outra fatura.",
        "It is the amount of a row beside the closing day, maybe of the other bill.",
    ),
    "duplicate": Words(
        "É o valor de um lançamento repetido: o banco conta um a menos.",
        "It is the amount of a repeated row: the bank counts one less.",
    ),
    "missing_rows": Words(
        "A fatura pede mais do que os lançamentos que o banco nos deu.",
        "The bill asks for more than the rows the bank gave us.",
    ),
    "too_many_rows": Words(
        "Os lançamentos somam mais do que a fatura pede.", "The rows add up to more than the bill asks for."
    ),
}
CHARGES = {
    "IOF": Words("IOF", "IOF (tax)"),
    "LATE_PAYMENT_FEE": Words("Multa por atraso", "Late fee"),
    "LATE_PAYMENT_INTEREST": Words("Juros de mora", "Late interest"),
    "LATE_PAYMENT_REMUNERATIVE_INTEREST": Words("Juros remuneratórios", "Interest"),
    "OTHER": Words("Outros encargos", "Other charges"),
}
SHARING = {
    "said": Words("o banco diz que é um só", "the bank says it is one"),
    "additional": Words("cartão adicional", "additional card"),
    "same_numbers": Words("mesmo limite e mesmo saldo livre", "same limit, same part free"),
}
MOVED = Words("Lançamento movido de fatura.", "Row moved to another bill.")
MOVED_BACK = Words("A fatura deste lançamento volta a ser a do banco.", "The bank decides on this row again.")
