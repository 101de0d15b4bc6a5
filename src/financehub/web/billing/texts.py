"""Words of the pages about plan and payment, in both languages."""

from financehub.core.words import Words
from financehub.web.limits.texts import PLANS as PLANS

PERIODS = {"monthly": Words("mensal", "monthly"), "yearly": Words("anual", "yearly")}
STATES = {
    "trial": Words("em teste", "on trial"),
    "active": Words("ativa", "active"),
    "past_due": Words("pagamento em atraso", "payment overdue"),
    "cancelled": Words("cancelada", "cancelled"),
    "expired": Words("encerrada", "over"),
}
INVOICES = {
    "draft": Words("em preparo", "being prepared"),
    "open": Words("a pagar", "to pay"),
    "paid": Words("paga", "paid"),
    "void": Words("anulada", "void"),
    "uncollectible": Words("não recebida", "not collected"),
    "deleted": Words("apagada", "deleted"),
}
INSIGHTS = {
    "none": Words("sem análises", "no insights"),
    "standard": Words("análises com IA", "AI insights"),
    "advanced": Words("análises avançadas", "advanced insights"),
}
SUPPORT = {
    "basic": Words("suporte básico", "basic support"),
    "priority": Words("suporte prioritário", "priority support"),
    "dedicated": Words("suporte dedicado", "dedicated support"),
}
REFUSALS = {
    "already_subscribed": Words(
        "A empresa já tem uma assinatura: mude essa.", "The company is subscribed already: change that one."
    ),
    "invalid_plan": Words("Este plano não existe.", "There is no such plan."),
    "no_subscription": Words("Não há assinatura para mudar.", "There is no subscription to change."),
    "same_plan": Words("Este já é o seu plano.", "That is your plan already."),
    "upgrade_not_paid": Words(
        "A diferença não foi paga: o plano continua como estava. Confira o cartão.",
        "The difference was not paid: the plan stays as it was. Check the card.",
    ),
    "no_customer": Words("Ainda não há nada para mostrar lá.", "There is nothing to show there yet."),
    "stripe_not_configured": Words("Aqui nada é cobrado.", "Nothing is sold here."),
    "stripe_catalogue_missing": Words(
        "Os planos ainda não estão à venda nesta instalação.", "The plans are not on sale here yet."
    ),
    "promotion_code_invalid": Words(
        "Este código não existe, acabou ou não vale para esta empresa.",
        "There is no such code, it is over, or it is not for this company.",
    ),
    "tax_id_invalid": Words("Este CPF ou CNPJ não é válido.", "This CPF or CNPJ is not valid."),
    "stripe": Words(
        "O Stripe não respondeu. Tente de novo em instantes.", "Stripe did not answer. Try again soon."
    ),
}
OVER = {  # what happens to what is beyond a smaller plan
    "accounts": Words(
        "o saldo continua, os lançamentos param onde estão até você trocar as contas ou o plano",
        "the balance stays, rows stop where they are until you change the accounts or the plan",
    ),
    "transactions": Words(
        "em cada mês, os que passarem ficam guardados e visíveis no mês seguinte",
        "each month those beyond it are kept, and visible in the next month",
    ),
    "members": Words("ninguém sai; não entra mais ninguém", "nobody leaves; nobody else comes in"),
    "api_keys": Words(
        "as que existem continuam; não há novas", "those that exist go on; there are no new ones"
    ),
}
SAID = {
    "changed": Words("Plano trocado.", "Plan changed."),
    "planned": Words("A troca acontece no fim do período.", "The change comes at the end of the period."),
    "ending": Words("A assinatura termina no fim do período.", "The subscription ends with the period."),
    "kept": Words("A assinatura continua.", "The subscription goes on."),
    "code": Words("Código usado: vale nas próximas faturas.", "Code used: it counts on the next invoices."),
    "tax_id": Words("Documento incluído nas próximas faturas.", "The document is on the next invoices."),
}


def refusal(code: str) -> str:
    """What to tell a person when billing said no."""
    return str(REFUSALS.get(code, REFUSALS["stripe"]))


def page_words() -> dict[str, Words]:
    """Every label of the pages, by the name the templates use."""
    return PAGE


PAGE = {
    "title": Words("Plano e cobrança", "Plan and billing"),
    "self_hosted": Words(
        "Esta instalação é própria: nada é cobrado e tudo está liberado.",
        "This installation is self-hosted: nothing is sold and everything is unlimited.",
    ),
    "plan_now": Words("Seu plano", "Your plan"),
    "renews": Words("Renova em", "Renews on"),
    "ends": Words("Termina em", "Ends on"),
    "trial_left": Words("dias de teste", "days of trial left"),
    "trial_hint": Words(
        "Depois do teste, tudo continua para leitura e exportação; conectar e sincronizar pedem um plano.",
        "After the trial everything stays for reading and exporting; connecting and syncing need a plan.",
    ),
    "over_hint": Words(
        "Sem plano, seus dados continuam para leitura e exportação. Escolha um plano para conectar e sincronizar.",
        "Without a plan your data stays for reading and exporting. Choose one to connect and sync.",
    ),
    "usage": Words("Uso neste mês de cobrança", "Use in this billing month"),
    "accounts": Words("Contas de bancos", "Bank accounts"),
    "transactions": Words("Transações", "Transactions"),
    "members": Words("Pessoas", "People"),
    "api_keys": Words("Chaves de API", "API keys"),
    "days": Words("Transações de", "Transactions from"),
    "to": Words("a", "to"),
    "of": Words("de", "of"),
    "beyond": Words("acima do plano", "beyond the plan"),
    "will_be_over": Words("nesse ritmo passa do limite", "at this pace beyond the limit"),
    "choose_accounts": Words("Escolher as contas", "Choose the accounts"),
    "no_connecting": Words("sem conexão de novos bancos", "connects no new banks"),
    "would_wait": Words("Com este plano, fica só para leitura:", "With this plan, read-only:"),
    "no_limit": Words("sem limite", "no limit"),
    "forecast": Words("previsão até o fim", "forecast for the end"),
    "hidden_one": Words(
        "lançamento novo fica visível após mudar de plano, ou quando o próximo período começar, em",
        "new row becomes visible after changing the plan, or when the next period begins, on",
    ),
    "hidden_many": Words(
        "lançamentos novos ficam visíveis após mudar de plano, ou quando o próximo período começar, em",
        "new rows become visible after changing the plan, or when the next period begins, on",
    ),
    "hidden_hint": Words(
        "Nada se perdeu: eles já contam nos saldos e nas somas.",
        "Nothing is lost: they count in balances and sums already.",
    ),
    "late_title": Words("O pagamento da renovação falhou", "The renewal was not paid"),
    "late_days": Words("Dias restantes", "Days left"),
    "late_next": Words("Próxima tentativa", "Next attempt"),
    "late_action": Words("Seu banco pede uma confirmação.", "Your bank asks for a confirmation."),
    "late_hard": Words(
        "Este cartão não serve mais: cadastre outro.", "This card no longer works: save another."
    ),
    "pay_now": Words("Pagar agora", "Pay now"),
    "change_card": Words("Trocar o cartão", "Change the card"),
    "save_card": Words("Cadastrar um cartão", "Save a card"),
    "portal": Words("Abrir o portal", "Open the portal"),
    "card": Words("Forma de pagamento", "Payment method"),
    "card_ends": Words("final", "ending in"),
    "card_expires": Words("vence em", "expires"),
    "no_card": Words("Nenhum cartão guardado.", "No card saved."),
    "plans": Words("Planos", "Plans"),
    "per_month": Words("por mês", "a month"),
    "per_year": Words("por ano (2 meses grátis)", "a year (2 months free)"),
    "monthly": Words("Mensal", "Monthly"),
    "yearly": Words("Anual", "Yearly"),
    "choose": Words("Assinar", "Subscribe"),
    "switch": Words("Mudar para este", "Change to this"),
    "current": Words("plano atual", "present plan"),
    "invoices": Words("Faturas", "Invoices"),
    "no_invoices": Words("Nenhuma fatura ainda.", "No invoices yet."),
    "date": Words("Data", "Date"),
    "number": Words("Número", "Number"),
    "amount": Words("Valor", "Amount"),
    "status": Words("Situação", "State"),
    "see": Words("Ver", "See"),
    "cancel": Words("Cancelar no fim do período", "Cancel at the end of the period"),
    "cancel_now": Words("Cancelar agora", "Cancel now"),
    "cancel_hint": Words(
        "Seus dados ficam guardados, só para leitura. Agora mesmo: sem devolução.",
        "Your data stays, read-only. At once: without money back.",
    ),
    "keep": Words("Desfazer", "Take it back"),
    "planned": Words("No fim do período muda para", "At the end of the period it becomes"),
    "confirm_title": Words("Confirmar a mudança", "Confirm the change"),
    "confirm_now": Words("A mudança vale agora. Cobrado agora:", "The change is immediate. Charged now:"),
    "confirm_later": Words(
        "A mudança vale no fim do período, em", "The change comes with the end of the period, on"
    ),
    "confirm_over": Words(
        "Você usa mais do que este plano permite. O que passa do limite fica só para leitura:",
        "You use more than this plan allows. What is beyond becomes read-only:",
    ),
    "confirm": Words("Confirmar", "Confirm"),
    "back": Words("Voltar", "Back"),
    "leaving": Words("Abrindo o Stripe", "Opening Stripe"),
    "leaving_hint": Words("Se nada acontecer, siga pelo botão.", "If nothing happens, use the button."),
    "go": Words("Continuar", "Continue"),
    "processing": Words("Processando o pagamento", "Processing the payment"),
    "processing_hint": Words(
        "Assim que o Stripe confirmar, esta página muda sozinha. Um boleto leva cerca de um dia útil.",
        "Once Stripe confirms, this page changes by itself. A boleto takes about one working day.",
    ),
    "thanks": Words("Assinatura ativa", "Subscription active"),
    "failed": Words("O pagamento não foi concluído", "The payment was not completed"),
    "to_plan": Words("Ver plano e cobrança", "See plan and billing"),
    "tax_id_now": Words(
        "Nas faturas agora: documento com final", "On the invoices now: the document ending in"
    ),
    "code": Words("Código promocional", "Promotion code"),
    "use": Words("Usar", "Use"),
    "discount": Words("Desconto", "Discount"),
    "discount_until": Words("até", "until"),
    "credit_note": Words("Nota de crédito", "Credit note"),
    "tax_id": Words("CPF ou CNPJ nas faturas", "CPF or CNPJ on invoices"),
    "save": Words("Salvar", "Save"),
}
