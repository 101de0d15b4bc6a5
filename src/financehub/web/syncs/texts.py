"""Words of the pages about reading banks, in Portuguese and English."""

from financehub.core.words import Words

STATUSES = {
    "PENDING": Words("esperando", "waiting"),
    "RETRYING": Words("vai tentar de novo", "will try again"),
    "RUNNING": Words("lendo", "reading"),
    "SUCCEEDED": Words("concluída", "done"),
    "FAILED": Words("falhou", "failed"),
}
STATUS_TONES = {
    "PENDING": "wait",
    "RETRYING": "wait",
    "RUNNING": "live",
    "SUCCEEDED": "good",
    "FAILED": "bad",
}
PRODUCTS = {
    "accounts": Words("Contas", "Accounts"),
    "creditcards": Words("Cartões", "Cards"),
    "transactions": Words("Transações", "Transactions"),
    "paymentdata": Words("Dados de pagamento", "Payment data"),
    "investments": Words("Investimentos", "Investments"),
    "investmentstransactions": Words("Movimentos de investimentos", "Investment movements"),
    "investmenttransactions": Words("Movimentos de investimentos", "Investment movements"),
    "identity": Words("Cadastro", "Identity"),
    "loans": Words("Empréstimos", "Loans"),
    "accountstatements": Words("Extratos em PDF", "Statements"),
    "brokeragenote": Words("Notas de corretagem", "Brokerage notes"),
    "movesecurity": Words("Portabilidade de ativos", "Securities transfer"),
    "consents": Words("Autorizações", "Consents"),
    "bills": Words("Faturas", "Bills"),
}
CONSENTS = {
    "none": Words("Não é preciso autorização do Open Finance.", "No Open Finance consent is needed."),
    "endless": Words("Vale sem data para acabar.", "Holds without an end."),
    "dated": Words("Vale até a data abaixo.", "Holds until the date below."),
    "expiring": Words("A autorização vence nos próximos dias.", "The consent ends within days."),
    "expired": Words("A autorização venceu.", "The consent has ended."),
    "revoked": Words(
        "A autorização foi cancelada no banco. Nada novo vem; o histórico continua aqui.",
        "The consent was revoked at the bank. Nothing new comes; history stays here.",
    ),
}
RENEWALS = {
    "started": Words(
        "Pedimos a renovação; o banco ainda não confirmou", "Renewal asked for; not confirmed yet"
    ),
    "renewed": Words("Renovada", "Renewed"),
    "refused": Words("O provedor recusou a renovação", "The provider refused to renew"),
    "asked": Words("Pedimos a você que reconecte", "We asked you to reconnect"),
}
ACTIONS = {
    "retry_immediately": Words("tentar de novo agora", "try again now"),
    "retry_with_backoff": Words("tentamos de novo sozinhos", "we try again by ourselves"),
    "require_user_action": Words("precisa de você", "needs you"),
    "renew_consent": Words("renovar a autorização", "renew the consent"),
    "wait": Words("esperar", "wait"),
    "stop": Words("não tentamos mais", "we no longer try"),
}
SCHEDULES = {
    "continue": Words("As leituras seguem no horário de sempre.", "Reads go on as on any day."),
    "again": Words(
        "Olhamos de novo sozinhos, cada vez mais espaçado.", "We look again, less and less often."
    ),
    "pause": Words("As leituras param até você agir.", "Reads pause until you act."),
    "end": Words("Esta conexão não é mais lida.", "This connection is no longer read."),
}
REASONS = {
    "differed": Words("contagem ou soma diferente", "count or sum differed"),
    "empty_answer": Words("o provedor não mostrou nada", "the provider showed nothing"),
    "stale": Words("transações paradas no provedor", "transactions stand still at the provider"),
}
WARNINGS = {
    "EMPTY_ANSWER": Words(
        "O provedor não mostrou linha alguma: nada foi retirado.", "No row was shown: nothing was withdrawn."
    ),
    "UNREADABLE_ROW": Words(
        "Uma linha veio ilegível e foi deixada de fora.", "A row was unreadable and left out."
    ),
}
STATES = {
    "": Words("todas", "all"),
    "failed": Words("que falharam", "that failed"),
    "succeeded": Words("concluídas", "done"),
}


def product(name: str) -> str:
    """A product in either of the vendor's spellings; an unknown one as it is."""
    return str(PRODUCTS.get(name.replace("_", "").lower(), name))


def status(name: str, *, is_retry: bool) -> str:
    """A sync's status; one that waits after a failure says so."""
    return "RETRYING" if name == "PENDING" and is_retry else name
