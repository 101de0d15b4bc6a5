"""Words of the commands that read, in Portuguese and English; HTML, values come escaped."""

from financehub.core.words import Words

# /saldo
BALANCE = Words(
    "💰 <b>{company}</b>\n<b>{amount}</b> em {accounts}", "💰 <b>{company}</b>\n<b>{amount}</b> in {accounts}"
)
BALANCE_OTHER = Words("Em outras moedas: {amounts}", "In other currencies: {amounts}")
BALANCE_OLDEST = Words("Número mais antigo: {age}.", "Oldest number: {age}.")
BALANCE_CARDS = Words("💳 <b>Cartões</b> (fatura aberta)", "💳 <b>Cards</b> (open bill)")
BALANCE_NONE = Words(
    "Ainda não há contas. Conecte um banco com /conectar_banco.",
    "There are no accounts yet. Connect a bank with /conectar_banco.",
)
ONE_ACCOUNT, MANY_ACCOUNTS = ("conta", "account"), ("contas", "accounts")
ONE_ROW, MANY_ROWS = ("lançamento", "row"), ("lançamentos", "rows")
ATTENTION = Words("Precisa de você:", "Needs you:")
GO_STATEMENT = Words("🧾 Extrato", "🧾 Statement")
GO_BILLS = Words("💳 Faturas", "💳 Bills")
GO_SYNC = Words("🔄 Sincronizar", "🔄 Sync")
GO_BALANCE = Words("💰 Saldo", "💰 Balance")

# /extrato
STATEMENT = Words("🧾 <b>Extrato</b> · {first} a {last}", "🧾 <b>Statement</b> · {first} to {last}")
STATEMENT_OF = Words("Conta: {account}", "Account: {account}")
STATEMENT_ABOUT = Words("Com: “{text}”", "About: “{text}”")
STATEMENT_SUMS = Words("Entrou {into} · saiu {out}", "In {into} · out {out}")
STATEMENT_PAGE = Words("Página {number} · {rows}", "Page {number} · {rows}")
STATEMENT_NONE = Words("Nenhum lançamento assim nestes 30 dias.", "No such row in these 30 days.")
PENDING_MARK, IGNORED = "⏳ ", Words(" (não conta)", " (not counted)")
NEXT, PREVIOUS = Words("Mais antigos »", "Older »"), Words("« Mais novos", "« Newer")
BY_ACCOUNT, BY_TEXT = Words("🏦 Conta", "🏦 Account"), Words("🔎 Buscar", "🔎 Search")
AS_FILE, CLEAR = Words("📄 CSV", "📄 CSV"), Words("✖️ Limpar filtros", "✖️ Clear filters")
ALL_ACCOUNTS = Words("Todas as contas", "All accounts")
WHICH_ACCOUNT = Words("De qual conta?", "Of which account?")
WHICH_TEXT = Words(
    "O que procuro? Escreva uma palavra ou um valor, como <code>mercado</code> ou <code>12,34</code>.",
    "What shall I look for? Write a word or an amount, like <code>market</code> or <code>12.34</code>.",
)
FILE_READY = Words("{rows}, de {first} a {last}.", "{rows}, from {first} to {last}.")
FILE_CUT = Words(
    "Os {rows} mais novos; o resto está na página Transações.", "The newest {rows}; the page has the rest."
)
OLD_LIST = Words("Esta lista é antiga; peça /extrato de novo.", "This list is old; ask for /extrato again.")
FILE_HEAD = (
    Words("dia", "day"),
    Words("descrição", "description"),
    Words("valor", "amount"),
    Words("moeda", "currency"),
    Words("conta", "account"),
    Words("categoria", "category"),
    Words("situação", "status"),
)
FILE_STATUS = {"POSTED": Words("lançada", "posted"), "PENDING": Words("pendente", "pending")}
FILE_NAME = Words("extrato", "statement")

# /fatura
BILLS = Words("💳 <b>Faturas</b>", "💳 <b>Bills</b>")
BILLS_NONE = Words("Não há cartões aqui.", "There are no cards here.")
BILL_OPEN = Words(
    "Aberta: <b>{amount}</b> até agora · fecha {closes} · vence {due}",
    "Open: <b>{amount}</b> so far · closes {closes} · due {due}",
)
BILL_CLOSED = Words(
    "{month}: <b>{amount}</b> · {state} · venceu {due}", "{month}: <b>{amount}</b> · {state} · was due {due}"
)
BILL_WAITING = Words(
    "{month}: <b>{amount}</b> · {state} · vence {due}", "{month}: <b>{amount}</b> · {state} · due {due}"
)
BILL_LEFT = Words("Falta pagar {amount}", "{amount} left to pay")
BILL_LIMIT = Words("Limite livre: {free} de {limit}", "Limit left: {free} of {limit}")
BILL_ROWS = Words("<b>Últimos lançamentos</b>", "<b>Latest rows</b>")
BILL_TITLE = Words("💳 <b>{card}</b>\nFatura de {month}", "💳 <b>{card}</b>\nBill of {month}")
BILL_MORE = Words("… e mais {count}: {link}", "… and {count} more: {link}")

# /minhas_contas
ACCOUNTS = Words("🏦 <b>Bancos de {company}</b>", "🏦 <b>Banks of {company}</b>")
ACCOUNTS_NONE = Words(
    "Nenhum banco conectado ainda. Comece com /conectar_banco.",
    "No bank is connected yet. Start with /conectar_banco.",
)
READ_AT = Words("lido {age}", "read {age}")
BY_HAND = Words("<b>Contas manuais</b>", "<b>Accounts by hand</b>")
OPEN_BILL = Words("fatura {amount}", "bill {amount}")
ANSWER_BANK = Words("✋ Responder a {bank}", "✋ Answer {bank}")
CONNECT_ANOTHER = Words("Conectar banco", "Connect a bank")

# months, by number
MONTHS = {
    1: Words("janeiro", "January"),
    2: Words("fevereiro", "February"),
    3: Words("março", "March"),
    4: Words("abril", "April"),
    5: Words("maio", "May"),
    6: Words("junho", "June"),
    7: Words("julho", "July"),
    8: Words("agosto", "August"),
    9: Words("setembro", "September"),
    10: Words("outubro", "October"),
    11: Words("novembro", "November"),
    12: Words("dezembro", "December"),
}
