"""Why a balance does not add up and what to do, in Portuguese and English."""

from financehub.web.texts import NOTHING, Advice, Words

CAUSES = {
    "missing_rows": Advice(
        Words("Faltam lançamentos", "Rows are missing"),
        Words(
            "O banco contou algo que não chegou aqui. Leia de novo; se continuar, confira o extrato do dia.",
            "The bank counted something that did not arrive here. Read again; if it stays, check that day's statement.",
        ),
    ),
    "sweep": Advice(
        Words("Aplicação automática", "Automatic investment"),
        Words(
            "O dinheiro está na aplicação automática do banco, não sumiu. Nada a fazer; ajuste se quiser fechar.",
            "The money is in the bank's automatic investment, not gone. Nothing to do; adjust if you want it closed.",
        ),
    ),
    "pending": Advice(
        Words("Lançamento pendente", "Pending row"),
        Words(
            "Fecha sozinho quando o banco confirmar o lançamento, em geral em até 3 dias.",
            "It closes by itself when the bank posts the row, usually within 3 days.",
        ),
    ),
    "duplicate": Advice(
        Words("Lançamento repetido", "Duplicated row"),
        Words(
            "O banco contou uma vez o que aparece duas. Apague a repetição: ela pode ser restaurada.",
            "The bank counted once what shows twice. Delete the copy: it can be restored.",
        ),
    ),
    "wrong_sign": Advice(
        Words("Sinal trocado", "Wrong sign"),
        Words(
            "Uma entrada veio como saída, ou o contrário. Confira com o banco e ajuste a diferença.",
            "Money in came as money out, or the reverse. Check with the bank and adjust the difference.",
        ),
    ),
    "manual_row": Advice(
        Words("Lançamento feito à mão", "Row written by hand"),
        Words(
            "O banco não tem este lançamento. Apague-o se o do banco já chegou.",
            "The bank does not have this row. Delete it if the bank's own has arrived.",
        ),
    ),
    "unknown": Advice(
        Words("Causa desconhecida", "Unknown cause"),
        Words(
            "Os lançamentos do banco estão completos, mas o saldo dele é outro (pode haver valor bloqueado). Pergunte ao banco.",  # noqa: E501
            "The bank's rows are complete, yet its balance differs (an amount may be held). Ask the bank.",
        ),
    ),
}
HINTS = {
    "nothing_else_fits": Words(
        "nenhum outro motivo soma exatamente este valor", "nothing else adds up to just this amount"
    ),
    "rows_are_stale": Words(
        "o banco atualizou o saldo, mas não as transações",
        "the bank updated the balance but not the transactions",
    ),
    "column_jumps": Words(
        "o saldo corrente do banco salta entre estes dois",
        "the bank's running balance jumps between these two",
    ),
    "row_went": Words(
        "saiu daqui, mas o saldo do banco ainda o conta",
        "went from here, yet the bank's balance still holds it",
    ),
    "invested_without_a_row": Words(
        "o valor aplicado mudou sem lançamento", "what is invested changed without a row"
    ),
    "balance_keeps_invested": Words(
        "há lançamento de aplicação, mas o saldo do banco a inclui",
        "there is an investment row, but the bank's balance includes it",
    ),
    "pending_in_balance": Words("pendente, mas o banco já contou", "pending, but the bank counts it already"),
    "pending_not_in_balance": Words(
        "pendente, e o banco ainda não contou", "pending, and the bank does not count it yet"
    ),
    "posted_after_balance": Words("chegou depois do saldo", "came after the balance"),
    "same_bank_id": Words("mesmo código do banco", "the same id at the bank"),
    "same_running_balance": Words(
        "mesmo valor e mesmo saldo corrente", "the same amount and running balance"
    ),
    "same_words": Words("mesmo texto e mesmo valor", "the same words and amount"),
    "same_amount_and_day": Words("mesmo valor no mesmo dia", "the same amount on the same day"),
    "column_turns": Words(
        "o saldo corrente do banco anda no sentido contrário", "the bank's running balance goes the other way"
    ),
    "always_the_other_way": Words(
        "antes sempre veio no sentido contrário", "it always came the other way before"
    ),
    "says_the_opposite": Words("o próprio texto diz o contrário", "its own words say the opposite"),
    "written_by_hand": Words("escrito por uma pessoa", "written by a person"),
    "adjustment_outdated": Words(
        "um ajuste anterior deixou de ser necessário: desfaça-o",
        "an earlier adjustment is no longer needed: undo it",
    ),
    "column_is_whole": Words(
        "o saldo corrente do banco não salta", "the bank's running balance does not jump"
    ),
}
QUOTAS = {
    "accounts_list": Words("Lista de contas", "List of accounts"),
    "accounts_balance": Words("Saldos", "Balances"),
    "transactions_recent": Words("Transações recentes", "Recent transactions"),
    "transactions_history": Words("Transações antigas", "Older transactions"),
    "cards_list": Words("Lista de cartões", "List of cards"),
    "cards_bills": Words("Faturas", "Bills"),
    "cards_limits": Words("Limites dos cartões", "Card limits"),
    "cards_recent": Words("Compras recentes dos cartões", "Recent card purchases"),
    "cards_history": Words("Compras antigas dos cartões", "Older card purchases"),
    "investments_list": Words("Lista de investimentos", "List of investments"),
    "investments_balance": Words("Saldos de investimentos", "Investment balances"),
    "investments_history": Words("Histórico de investimentos", "Investment history"),
    "identity": Words("Cadastro", "Identity"),
    "loans_list": Words("Lista de empréstimos", "List of loans"),
    "loans_payments": Words("Parcelas de empréstimos", "Loan instalments"),
}
ADJUSTED = Words("Ajuste registrado. Pode ser desfeito.", "Adjustment recorded. It can be undone.")
UNDONE = Words("Ajuste desfeito.", "Adjustment undone.")


def cause(code: str) -> Advice:
    """Title and next step of a cause."""
    return CAUSES.get(code, CAUSES["unknown"])


def hint(code: str) -> Words:
    """The kind of evidence in words; nothing for one that needs none."""
    return HINTS.get(code, NOTHING)


def quota(name: str) -> Words:
    """What a limit is about."""
    return QUOTAS[name]
