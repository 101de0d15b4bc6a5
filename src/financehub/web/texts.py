"""Words that depend on a code: states, stages, problems and their next steps, in Portuguese and English."""

from financehub.banking.advice.texts import ADVICE
from financehub.banking.advice.texts import CALM as CALM
from financehub.core.words import NOTHING as NOTHING
from financehub.core.words import Advice as Advice
from financehub.core.words import Words as Words
from financehub.core.words import is_english as is_english

STATES = {
    "healthy": Words("Em dia", "Up to date"),
    "partial": Words("Em dia, com avisos", "Up to date, with warnings"),
    "updating": Words("Atualizando", "Updating"),
    "waiting_input": Words("Esperando você", "Waiting for you"),
    "waiting_action": Words("Esperando você no banco", "Waiting for you at the bank"),
    "reconnect": Words("Precisa reconectar", "Needs to be reconnected"),
    "failed": Words("Não atualizou", "Did not update"),
    "disconnected": Words("Desconectado", "Disconnected"),
}
STATE_TONES = {
    "healthy": "good",
    "partial": "wait",
    "updating": "live",
    "waiting_input": "wait",
    "waiting_action": "wait",
    "reconnect": "bad",
    "failed": "wait",
}

REFUSALS = {
    "mfa_not_asked": Words(
        "O banco não está mais esperando essa resposta.", "The bank no longer waits for this."
    ),
    "mfa_refused": Words("O banco não aceitou a resposta.", "The bank did not accept the answer."),
    "cannot_refresh": Words("Esta conexão se atualiza sozinha.", "This connection refreshes by itself."),
    "already_fresh": Words("Os dados já são recentes.", "The data is already fresh."),
    "login_backoff": Words(
        "Muitas tentativas seguidas: o banco pede alguns minutos de espera.",
        "Too many attempts in a row: the bank asks for a few minutes.",
    ),
    "needs_reconnect": Words("Esta conexão precisa ser refeita antes.", "Reconnect this bank first."),
    "needs_answer": Words("O banco espera uma resposta sua antes.", "The bank waits for your answer first."),
    "still_updating": Words("O banco ainda está sendo lido.", "The bank is still being read."),
    "not_connected": Words("Esta conta não tem conexão ativa.", "This account has no live connection."),
    "item_parked": Words(
        "Ninguém pediu esta conexão: decida abaixo.", "Nobody asked for this one: decide below."
    ),
    "pluggy_not_configured": Words(
        "A conexão com bancos está desligada.", "Bank connections are switched off."
    ),
    "plan_limit_reached": Words(
        "Seu plano não permite mais: veja Plano e cobrança.",
        "Your plan allows no more: see Plan and billing.",
    ),
    "denied": Words("Você não pode fazer isso nesta empresa.", "You may not do that in this company."),
    "quota_spent": Words(
        "O limite mensal do Open Finance para este dado acabou; ele volta no dia 1.",
        "Open Finance's monthly limit for this data is spent; it returns on the 1st.",
    ),
    "no_live_balance": Words(
        "Só contas de um banco conectado têm saldo ao vivo.",
        "Only accounts of a connected bank have a live balance.",
    ),
    "no_gap": Words("O saldo já fecha: não há o que ajustar.", "The balance adds up: nothing to adjust."),
    "no_adjustment": Words("Não há ajuste para desfazer.", "There is no adjustment to take back."),
    "invalid": Words("Confira os campos e tente de novo.", "Check the fields and try again."),
    "last_owner": Words("A empresa precisa de um dono.", "A company needs an owner."),
    "already_member": Words("Esta pessoa já está na empresa.", "This person is already in the company."),
    "already_revoked": Words("Esta chave já foi revogada.", "This key was revoked before."),
    "invitation_closed": Words(
        "Este convite não vale mais: foi usado, cancelado ou passou do prazo.",
        "This invitation is over: it was used, taken back, or is out of date.",
    ),
    "invitation_for_another": Words(
        "Este convite foi enviado para outro endereço. Entre com a conta desse endereço.",
        "This invitation was sent to another address. Sign in with the account of that address.",
    ),
}
TRY_LATER = Words(
    "Não deu certo agora. Tente de novo em instantes.", "That did not work now. Try again soon."
)

STAGES = (
    ("login", Words("Entrando no banco", "Signing in to the bank")),
    ("accounts", Words("Lendo contas", "Reading accounts")),
    ("cards", Words("Lendo cartões e faturas", "Reading cards and bills")),
    ("transactions", Words("Lendo transações", "Reading transactions")),
    (
        "others",
        Words("Lendo investimentos, empréstimos e cadastro", "Reading investments, loans and identity"),
    ),
    ("merging", Words("Conferindo no provedor", "Checking at the provider")),
    ("sync", Words("Trazendo tudo para cá", "Bringing it all here")),
)
TRIGGERS = {
    "first": Words("primeira leitura", "first read"),
    "webhook": Words("aviso do banco", "notice from the bank"),
    "timer": Words("rotina", "routine"),
    "person": Words("a pedido", "on request"),
}
FIELD_ERRORS = {
    "amount": Words("Escreva o valor assim: 1.234,56", "Write the amount like this: 1234.56"),
    "category": Words("Categoria desconhecida", "Unknown category"),
}
FIELDS = {
    "own_category_id": Words("categoria", "category"),
    "own_description": Words("descrição", "description"),
    "own_note": Words("nota", "note"),
    "own_tags": Words("etiquetas", "tags"),
    "is_ignored": Words("se conta nas somas", "whether it counts"),
    "own_bill_month": Words("fatura", "bill"),
    "amount_cents": Words("valor", "amount"),
    "date": Words("dia", "day"),
    "description": Words("descrição do banco", "the bank's description"),
    "status": Words("situação", "status"),
    "category_id": Words("categoria do banco", "the bank's category"),
    "installment_number": Words("parcela", "parcel"),
}
DEEDS = {
    "seen": Words("O banco enviou", "The bank sent it"),
    "changed": Words("O banco alterou", "The bank changed it"),
    "rebound": Words("O banco trocou a identificação", "The bank gave it another identification"),
    "withdrawn": Words("O banco retirou", "The bank withdrew it"),
    "added": Words("Anotada à mão", "Written by hand"),
    "edited": Words("Editada", "Edited"),
    "deleted": Words("Apagada", "Deleted"),
    "restored": Words("Restaurada", "Restored"),
    "merged": Words("Outra foi juntada a esta", "Another one was merged into this"),
    "parted": Words("Outra foi separada desta", "Another one was parted from this"),
}
FILTERS = {
    "none": Words("sem categoria", "no category"),
    "from": Words("desde {}", "from {}"),
    "to": Words("até {}", "to {}"),
    "hidden": Words("com as ocultas", "with hidden ones"),
    "lancada": Words("lançadas", "posted"),
    "pendente": Words("pendentes", "pending"),
    "entrada": Words("entradas", "money in"),
    "saida": Words("saídas", "money out"),
}
SAVED = Words("Salvo.", "Saved.")
DELETED = Words("Apagada. Ela continua em “mostrar ocultas”.", "Deleted. It stays under “show hidden”.")
RESTORED = Words("Restaurada.", "Restored.")
AGES = {
    "never": Words("ainda sem leitura", "not read yet"),
    "now": Words("agora", "just now"),
    "minutes": Words("há {} min", "{} min ago"),
    "hours": Words("há {} h", "{} h ago"),
    "day": Words("há {} dia", "{} day ago"),
    "days": Words("há {} dias", "{} days ago"),
    "at": Words("{} às {}", "{} at {}"),
    "today": Words("hoje", "today"),
    "tomorrow": Words("amanhã", "tomorrow"),
    "yesterday": Words("ontem", "yesterday"),
}
AUDITED = {
    "billing.checkout_started": Words("Começou a assinar um plano", "Started to subscribe"),
    "billing.customer_made": Words("Abriu o cadastro no Stripe", "Opened the customer at Stripe"),
    "billing.portal_opened": Words("Abriu o portal de pagamento", "Opened the payment portal"),
    "billing.tax_id_set": Words("Incluiu um documento nas faturas", "Put a document on invoices"),
    "billing.subscription_changed": Words("A assinatura mudou", "The subscription changed"),
    "billing.plan_changed": Words("Trocou de plano", "Changed the plan"),
    "billing.plan_change_planned": Words("Marcou uma troca de plano", "Planned a change of plan"),
    "billing.plan_end_planned": Words("Marcou o fim da assinatura", "Planned the subscription's end"),
    "billing.plan_ended": Words("Cancelou a assinatura", "Cancelled the subscription"),
    "billing.plan_kept": Words("Manteve a assinatura", "Kept the subscription"),
    "billing.refund_asked": Words("Pediu um reembolso", "Asked for a refund"),
    "billing.refund_changed": Words("Um reembolso mudou", "A refund changed"),
    "billing.payment_tried": Words("Tentou cobrar uma fatura", "Tried to charge an invoice"),
    "billing.dunning_opened": Words("Uma renovação não foi paga", "A renewal was not paid"),
    "billing.dunning_paid": Words("Uma renovação em atraso foi paga", "A late renewal was paid"),
    "billing.dunning_given_up": Words("Desistiu de uma cobrança", "Gave a charge up"),
    "billing.dunning_stopped": Words("Encerrou uma cobrança", "Stopped a charge"),
    "billing.dispute_changed": Words("Uma contestação mudou", "A dispute changed"),
    "billing.evidence_staged": Words("Preparou a defesa de uma contestação", "Staged evidence of a dispute"),
    "billing.evidence_submitted": Words("Enviou a defesa de uma contestação", "Sent evidence of a dispute"),
    "billing.dispute_yielded": Words("Propôs aceitar uma contestação", "Proposed to accept a dispute"),
    "billing.dispute_accepted": Words("Aceitou a perda de uma contestação", "Accepted the loss of a dispute"),
    "billing.review_approved": Words("Aprovou um pagamento em análise", "Approved a reviewed payment"),
    "billing.credit_note_changed": Words("Uma nota de crédito mudou", "A credit note changed"),
    "billing.code_used": Words("Usou um código promocional", "Used a promotion code"),
    "billing.task_opened": Words("Abriu uma tarefa para a equipe", "Opened a task for the staff"),
    "billing.task_closed": Words("Fechou uma tarefa da equipe", "Closed a task of the staff"),
    "billing.warning_decided": Words("Decidiu sobre um alerta de fraude", "Decided on a fraud warning"),
    "billing.second_subscription_undone": Words(
        "Desfez uma assinatura repetida", "Undid a second subscription"
    ),
    "company.opened": Words("Criou a empresa", "Created the company"),
    "company.renamed": Words("Trocou o nome da empresa", "Renamed the company"),
    "company.invited": Words("Enviou um convite", "Sent an invitation"),
    "company.invitation_revoked": Words("Cancelou um convite", "Took an invitation back"),
    "company.joined": Words("Entrou na empresa", "Joined the company"),
    "company.left": Words("Saiu da empresa", "Left the company"),
    "company.member_removed": Words("Removeu uma pessoa", "Removed a person"),
    "company.role_changed": Words("Trocou um papel", "Changed a role"),
    "company.api_key_issued": Words("Criou uma chave de API", "Created an API key"),
    "company.api_key_revoked": Words("Revogou uma chave de API", "Revoked an API key"),
    "company.webhook_added": Words("Incluiu um webhook", "Added a webhook"),
    "company.webhook_changed": Words("Mudou um webhook", "Changed a webhook"),
    "company.webhook_secret_rotated": Words("Trocou o segredo de um webhook", "Changed a webhook's secret"),
    "company.webhook_enabled": Words("Ligou um webhook", "Switched a webhook on"),
    "company.webhook_disabled": Words("Desligou um webhook", "Switched a webhook off"),
    "company.webhook_removed": Words("Removeu um webhook", "Removed a webhook"),
    "company.webhook_replayed": Words(
        "Enviou de novo o que um webhook perdeu", "Sent again what a webhook missed"
    ),
    "company.account_created": Words("Criou uma conta manual", "Created a manual account"),
    "company.account_archived": Words("Arquivou uma conta manual", "Archived a manual account"),
    "company.transaction_added": Words("Lançou uma transação", "Added a transaction"),
    "company.transaction_edited": Words("Editou uma transação", "Edited a transaction"),
    "company.transaction_deleted": Words("Apagou uma transação", "Deleted a transaction"),
    "company.transaction_restored": Words("Restaurou uma transação", "Restored a transaction"),
    "company.transactions_merged": Words("Juntou transações repetidas", "Merged repeated transactions"),
    "company.transactions_parted": Words("Separou transações juntadas", "Parted merged transactions"),
    "company.balance_refreshed": Words("Pediu o saldo ao banco", "Asked the bank for the balance"),
    "company.gap_adjusted": Words("Fechou um saldo com um ajuste", "Closed a balance with an adjustment"),
    "company.gap_adjustment_undone": Words("Desfez um ajuste de saldo", "Took a balance adjustment back"),
    "open_finance.connection_started": Words("Começou a conectar um banco", "Started to connect a bank"),
    "open_finance.connection_prepared": Words(
        "Começou a conectar um banco numa conversa", "Started to connect a bank in a chat"
    ),
    "open_finance.consent_renewal": Words(
        "Cuidou de uma autorização que vence", "Took care of a consent that ends"
    ),
    "open_finance.item_connected": Words("Conectou um banco", "Connected a bank"),
    "open_finance.item_disconnected": Words("Desconectou um banco", "Disconnected a bank"),
    "open_finance.item_refreshed": Words("Pediu ao banco dados novos", "Asked the bank for fresh data"),
    "open_finance.mfa_answered": Words("Respondeu ao banco", "Answered the bank"),
    "open_finance.parked_item_refused": Words(
        "Recusou uma conexão sem dono", "Refused a connection nobody asked for"
    ),
    "webhooks.event_retried": Words("Rodou um evento de novo", "Ran an event again"),
    "webhooks.events_retried": Words("Rodou eventos de novo", "Ran events again"),
    "webhooks.secret_rotated": Words("Trocou o segredo dos avisos", "Changed the secret of notices"),
    "open_finance.accounts_merged": Words(
        "Juntou duas contas que são a mesma", "Merged two accounts that are one"
    ),
    "open_finance.accounts_parted": Words(
        "Separou duas contas que tinham sido juntadas", "Parted two accounts that had been merged"
    ),
    "open_finance.pending_kept": Words("Manteve um lançamento pendente", "Kept a pending row"),
    "open_finance.rebinding_undone": Words(
        "Desfez o reconhecimento de um lançamento", "Undid the recognition of a row"
    ),
    "open_finance.review_accepted": Words("Disse qual lançamento é qual", "Said which row is which"),
    "open_finance.review_rejected": Words("Recusou as opções da revisão", "Refused what the review offered"),
    "open_finance.review_reopened": Words("Desfez uma decisão da revisão", "Took a review's decision back"),
    "open_finance.transactions_rebound": Words(
        "Reconheceu lançamentos que voltaram com outra identificação",
        "Recognised rows that came back under new ids",
    ),
    "open_finance.transfer_confirmed": Words(
        "Confirmou uma transferência própria", "Confirmed an own transfer"
    ),
    "open_finance.transfer_parted": Words("Separou uma transferência", "Parted a transfer"),
    "open_finance.transfers_paired": Words(
        "Reconheceu transferências entre contas próprias", "Recognised transfers between own accounts"
    ),
    "open_finance.account_sync_chosen": Words("Passou a sincronizar uma conta", "Began to sync an account"),
    "open_finance.account_sync_left": Words("Deixou de sincronizar uma conta", "Stopped syncing an account"),
    "open_finance.sync_requested": Words("Pediu uma sincronização", "Asked for a sync"),
}


def advice_for(code: str) -> Advice:
    """The words for an execution status or error code; general ones for a code we have never seen."""
    return ADVICE.get(code, ADVICE["UNEXPECTED_ERROR"]) if code else CALM


def refusal(code: str) -> str:
    """What to tell a person when the domain said no."""
    return str(REFUSALS.get(code, TRY_LATER))


def audited(action: str) -> str:
    """What an audit row says was done; an action without words stays as it is."""
    return str(AUDITED.get(action, action))
