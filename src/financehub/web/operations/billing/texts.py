"""Words of the staff's pages about billing, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from financehub.billing.story import MAIL, Step
from financehub.core.words import Words
from financehub.web import texts as common
from financehub.web.notifications.texts import KINDS

STATE_TONES = {"trial": "wait", "active": "good", "past_due": "bad", "cancelled": "", "expired": ""}
PAYMENTS = {
    "pending": Words("pendente", "pending"),
    "processing": Words("processando", "processing"),
    "succeeded": Words("recebido", "received"),
    "failed": Words("recusado", "refused"),
    "cancelled": Words("cancelado", "cancelled"),
    "refunded": Words("devolvido", "refunded"),
}
PAYMENT_TONES = {
    "pending": "wait",
    "processing": "live",
    "succeeded": "good",
    "failed": "bad",
    "cancelled": "",
    "refunded": "",
}
REFUNDS = {
    "": Words("sem resposta ainda", "no answer yet"),
    "pending": Words("a caminho", "on its way"),
    "requires_action": Words("espera o cliente", "waits for the customer"),
    "succeeded": Words("devolvido", "given back"),
    "failed": Words("voltou: o cliente não recebeu", "came back: the customer has not got it"),
    "canceled": Words("cancelado", "cancelled"),
    "refused": Words("o Stripe não aceitou", "Stripe did not take it"),
}
REFUND_REASONS = {
    "requested_by_customer": Words("o cliente pediu", "the customer asked"),
    "duplicate": Words("cobrado duas vezes", "charged twice"),
    "fraudulent": Words("fraude", "fraud"),
}
CASES = {
    "open": Words("em aberto", "open"),
    "paid": Words("paga", "paid"),
    "given_up": Words("desistimos no dia 14", "given up on day 14"),
    "stopped": Words("encerrada", "stopped"),
}
CASE_TONES = {"open": "wait", "paid": "good", "given_up": "bad", "stopped": ""}
REFUSED_AS = {
    "soft": Words("pode passar outro dia", "may work another day"),
    "hard": Words("este cartão não serve mais", "never with this card"),
    "action": Words("o cliente precisa confirmar", "the customer has to confirm"),
}
TRIGGERS = {
    "day_3": Words("dia 3", "day 3"),
    "day_7": Words("dia 7", "day 7"),
    "day_14": Words("dia 14", "day 14"),
    "new_card": Words("cartão novo", "new card"),
}
OUTCOMES = {
    "unknown": Words("sem resposta ainda", "no answer yet"),
    "paid": Words("pago", "paid"),
    "declined": Words("recusado", "declined"),
    "action": Words("espera o cliente", "waits for the customer"),
    "unpayable": Words("não dava para cobrar", "could not be charged"),
}
DISPUTE_GROUPS = {
    "answerable": Words("a responder", "to answer"),
    "open": Words("em aberto", "open"),
    "closed": Words("encerradas", "closed"),
}
DISPUTES = {
    "warning_needs_response": Words("consulta a responder", "inquiry to answer"),
    "warning_under_review": Words("consulta em análise", "inquiry under review"),
    "warning_closed": Words("consulta encerrada", "inquiry closed"),
    "needs_response": Words("a responder", "to answer"),
    "under_review": Words("em análise no banco", "under review at the bank"),
    "won": Words("ganha", "won"),
    "lost": Words("perdida", "lost"),
    "prevented": Words("evitada", "prevented"),
    "appeal_needs_response": Words("recurso a responder", "appeal to answer"),
    "appeal_under_review": Words("recurso em análise", "appeal under review"),
}
DISPUTE_TONES = {
    "warning_needs_response": "wait",
    "needs_response": "bad",
    "under_review": "wait",
    "warning_under_review": "wait",
    "appeal_needs_response": "bad",
    "appeal_under_review": "wait",
    "won": "good",
    "lost": "bad",
}
DISPUTE_REASONS = {
    "fraudulent": Words("não reconhece a compra", "does not know the purchase"),
    "subscription_canceled": Words("diz que cancelou", "says it was cancelled"),
    "duplicate": Words("cobrado duas vezes", "charged twice"),
    "product_not_received": Words("diz que não recebeu", "says it was not received"),
    "product_unacceptable": Words("não era o combinado", "not as agreed"),
    "credit_not_processed": Words("espera uma devolução", "waits for a refund"),
    "unrecognized": Words("não reconhece o nome", "does not know the name"),
    "general": Words("outro motivo", "another reason"),
}
TASKS = {
    "review": Words("Conferir um pagamento (Radar)", "Look at a payment (Radar)"),
    "warning": Words("Alerta de fraude: decidir", "Fraud warning: decide"),
    "refund_failed": Words(
        "Devolução que voltou: pagar de outro jeito", "Refund that came back: pay otherwise"
    ),
    "not_finalized": Words("Fatura que o Stripe não fechou", "Invoice that Stripe could not finalize"),
    "overdue": Words("Fatura vencida", "Overdue invoice"),
    "catalogue": Words("O que está à venda no Stripe difere", "What is sold at Stripe differs"),
}
EVIDENCE = {
    "product_description": Words("O que foi vendido", "What was sold"),
    "customer_name": Words("Nome do cliente", "Customer's name"),
    "customer_email_address": Words("E-mail do cliente", "Customer's e-mail"),
    "billing_address": Words("Endereço de cobrança", "Billing address"),
    "customer_purchase_ip": Words("IP da compra", "IP address of the purchase"),
    "service_date": Words("Início do serviço", "Start of the service"),
    "access_activity_log": Words("Registro de uso (entradas, horários, IP)", "Use (sign-ins, times, IP)"),
    "cancellation_policy_disclosure": Words(
        "Como a regra de cancelamento foi mostrada", "How the cancellation policy was shown"
    ),
    "cancellation_rebuttal": Words("Por que não estava cancelado", "Why it was not cancelled"),
    "refund_policy_disclosure": Words(
        "Como a regra de devolução foi mostrada", "How the refund policy was shown"
    ),
    "refund_refusal_explanation": Words("Por que não houve devolução", "Why there was no refund"),
    "duplicate_charge_id": Words("Cobrança anterior (identificação)", "Earlier charge (id)"),
    "duplicate_charge_explanation": Words("Por que são duas cobranças", "Why these are two charges"),
    "uncategorized_text": Words("Outras informações", "Anything else"),
    "receipt": Words("Recibo", "Receipt"),
    "service_documentation": Words("Prova do serviço", "Proof of the service"),
    "customer_communication": Words("Conversa com o cliente", "Talk with the customer"),
    "customer_signature": Words("Contrato assinado", "Signed contract"),
    "cancellation_policy": Words("Regra de cancelamento", "Cancellation policy"),
    "refund_policy": Words("Regra de devolução", "Refund policy"),
    "duplicate_charge_documentation": Words("Documento da outra cobrança", "Document of the other charge"),
    "uncategorized_file": Words("Outro arquivo", "Another file"),
}
REFUSALS = {
    "not_refundable": Words(
        "Este pagamento não pode ser devolvido: já voltou, está contestado, não foi recebido ou é boleto.",
        "This payment cannot be refunded: it went back, is disputed, was not received, or is a boleto.",
    ),
    "refund_too_large": Words("É mais do que resta deste pagamento.", "That is more than what is left."),
    "refund_reason_unknown": Words("Escolha um motivo.", "Choose a reason."),
    "invalid_amount": Words("Escreva o valor assim: 1.234,56", "Write the amount like this: 1234.56"),
    "dispute_not_answerable": Words(
        "Esta contestação não espera resposta, ou nada foi preparado.",
        "This dispute waits for no answer, or nothing is staged.",
    ),
    "second_person_needed": Words(
        "Quem preparou não envia: outra pessoa precisa conferir.",
        "Who staged it does not send it: another person has to look.",
    ),
    "evidence_changed": Words(
        "A defesa mudou depois que você abriu a página. Confira de novo.",
        "The evidence changed after you opened the page. Look again.",
    ),
    "evidence_invalid": Words(
        "Texto longo demais, ou arquivo que não é PDF, PNG ou JPEG de até 4,5 MB.",
        "Too long a text, or a file that is no PDF, PNG or JPEG of at most 4.5 MB.",
    ),
    "review_closed": Words("Esta análise já terminou.", "This review is over."),
    "warning_settled": Words("Este alerta já foi decidido.", "This warning is decided."),
    "answer_needed": Words("Diga se devolve ou mantém.", "Say whether it is given back or kept."),
    "task_closed": Words("Alguém já fez isto.", "Somebody has done it."),
    "lock_busy": Words("Outra pessoa está fazendo isto agora.", "Somebody else is doing this right now."),
    "stripe": Words(
        "O Stripe não respondeu. Tente de novo: não acontece duas vezes.",
        "Stripe did not answer. Try again: it will not happen twice.",
    ),
}
SAID = {
    "refunded": Words("Devolução pedida.", "Refund asked for."),
    "staged": Words("Guardado no Stripe, ainda não enviado.", "Kept at Stripe, not sent yet."),
    "attached": Words("Arquivo guardado no Stripe, ainda não enviado.", "File kept at Stripe, not sent yet."),
    "submitted": Words("Defesa enviada ao banco.", "Evidence sent to the bank."),
    "proposed": Words("Proposto: outra pessoa decide.", "Proposed: another person decides."),
    "accepted": Words("Perda aceita.", "Loss accepted."),
    "task_done": Words("Feito.", "Done."),
}
MAILS = Words("Aviso aos donos", "Word to the owners")
ACTORS = {
    "system": Words("o sistema", "the system"),
    "vendor": Words("o Stripe", "Stripe"),
    "api_key": Words("uma chave de API", "an API key"),
    "user": Words("alguém que já saiu", "somebody who has left"),
}
PAGE = {
    "subscriptions": Words("Assinaturas", "Subscriptions"),
    "subscriptions_hint": Words("De todas as empresas desta instalação.", "Of every company here."),
    "cases": Words("Cobranças em atraso", "Late payments"),
    "cases_hint": Words(
        "Tentativas nos dias 3, 7 e 14 depois da primeira falha; no 14º a assinatura termina.",
        "Attempts on day 3, 7 and 14 after the first failure; on the 14th the subscription ends.",
    ),
    "disputes": Words("Contestações", "Disputes"),
    "disputes_hint": Words(
        "O banco do cliente pede o dinheiro de volta. Sem resposta no prazo, está perdida.",
        "The customer's bank wants the money back. Without an answer in time it is lost.",
    ),
    "dispute": Words("Contestação", "Dispute"),
    "search": Words("Empresa ou identificação do Stripe", "Company or id at Stripe"),
    "status": Words("Situação", "State"),
    "plan": Words("Plano", "Plan"),
    "any": Words("Todas", "Any"),
    "any_plan": Words("Todos", "Any"),
    "filter": Words("Filtrar", "Filter"),
    "apply": Words("Aplicar", "Apply"),
    "clear": Words("Limpar filtros", "Clear filters"),
    "company": Words("Empresa", "Company"),
    "renews": Words("Renova em", "Renews on"),
    "ends": Words("Termina em", "Ends on"),
    "ended": Words("Terminou em", "Ended on"),
    "since": Words("Desde", "Since"),
    "next_plan": Words("Depois", "Then"),
    "older": Words("Mais antigas", "Older ones"),
    "nothing": Words("Nada aqui", "Nothing here"),
    "nothing_hint": Words("Nenhuma linha deste filtro.", "No row of this filter."),
    "back": Words("Voltar", "Back"),
    "discounts": Words("Descontos", "Discounts"),
    "tax_ids": Words("Documento nas faturas", "Document on the invoices"),
    "invoices": Words("Faturas", "Invoices"),
    "number": Words("Número", "Number"),
    "date": Words("Data", "Date"),
    "amount": Words("Valor", "Amount"),
    "credit_note": Words("Nota de crédito", "Credit note"),
    "payments": Words("Pagamentos", "Payments"),
    "paid_with": Words("Com", "With"),
    "refund": Words("Devolver", "Refund"),
    "refund_hint": Words("Vazio devolve tudo o que resta:", "Empty gives back all that is left:"),
    "reason": Words("Motivo", "Reason"),
    "refunded_one": Words("Devolução", "Refund"),
    "story": Words("O que aconteceu", "What happened"),
    "owed": Words("Em aberto", "Owed"),
    "first_failed": Words("Primeira falha", "First failure"),
    "next_try": Words("Próxima tentativa", "Next attempt"),
    "days_left": Words("Dias restantes", "Days left"),
    "refusal": Words("Recusa", "Refusal"),
    "attempts": Words("Tentativas", "Attempts"),
    "no_attempts": Words("Nenhuma tentativa nossa ainda.", "No attempt of ours yet."),
    "see_subscription": Words("Ver assinatura", "See the subscription"),
    "due": Words("Responder até", "Answer by"),
    "no_answer": Words("não pode ser respondida", "cannot be answered"),
    "moved": Words("Movido do nosso saldo", "Moved on our balance"),
    "sent_times": Words("Vezes enviada", "Times sent"),
    "opened": Words("Aberta em", "Opened on"),
    "evidence": Words("Defesa", "Evidence"),
    "evidence_hint": Words(
        "Fica guardada no Stripe sem ser enviada. Quem muda por último não envia.",
        "It is kept at Stripe without being sent. Who changes it last does not send it.",
    ),
    "save": Words("Guardar sem enviar", "Keep without sending"),
    "files": Words("Arquivos", "Files"),
    "file": Words("Arquivo (PDF, PNG ou JPEG)", "File (PDF, PNG or JPEG)"),
    "kind": Words("O que é", "What it is"),
    "attach": Words("Anexar", "Attach"),
    "send": Words("Enviar ao banco", "Send to the bank"),
    "send_hint": Words("Só uma vez, sem volta. Preparada por", "Only once, with no way back. Staged by"),
    "other_sends": Words(
        "Outra pessoa da equipe precisa enviar.", "Another person of the staff has to send it."
    ),
    "accept": Words("Aceitar a perda", "Accept the loss"),
    "accept_hint": Words("Sem volta. Proposto por", "With no way back. Proposed by"),
    "propose": Words("Propor aceitar a perda", "Propose to accept the loss"),
    "other_accepts": Words(
        "Outra pessoa da equipe precisa aceitar.", "Another person of the staff has to accept."
    ),
    "tasks": Words("Esperando alguém da equipe", "Waiting for somebody of the staff"),
    "task_approve": Words("Aprovar", "Approve"),
    "task_refund": Words("Devolver e encerrar", "Refund and end"),
    "task_keep": Words("Manter", "Keep"),
    "task_done": Words("Feito", "Done"),
}


@dataclass(frozen=True)
class Told:
    """One step of a story in words."""

    at: datetime
    what: str
    detail: str
    who: str


def told(steps: Iterable[Step]) -> list[Told]:
    """A story in the language of the page, the newest step first."""
    lines = [
        Told(
            step.at,
            str(MAILS) if step.what == MAIL else common.audited(step.what),
            str(KINDS.get(step.detail, step.detail)) if step.what == MAIL else step.detail,
            step.person or str(ACTORS.get(step.actor_kind, step.actor_kind)),
        )
        for step in steps
    ]
    return lines[::-1]


def refusal(code: str) -> str:
    """What to tell a person when billing said no."""
    return str(REFUSALS.get(code, REFUSALS["stripe"]))
