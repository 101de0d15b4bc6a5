"""Words of the pages of notifications."""

from financehub.core.words import Words

KINDS = {
    "connection_asks": Words("O banco pede uma resposta", "The bank asks for an answer"),
    "connection_refused": Words("Banco precisa ser reconectado", "Bank must be reconnected"),
    "consent_ending": Words("Autorização vai terminar", "Consent about to end"),
    "consent_ended": Words("Autorização terminou", "Consent ended"),
    "connection_ended": Words("Conexão acabou", "Connection is over"),
    "connection_failing": Words("Banco não responde", "Bank does not answer"),
    "connection_recovered": Words("Banco voltou", "Bank is back"),
    "quota_low": Words("Limite mensal no fim", "Monthly limit nearly used up"),
    "operator_must_look": Words("A Pluggy recusou a instalação", "Pluggy refused the installation"),
    "transactions_digest": Words("Resumo do dia", "Daily digest"),
    "transactions_synced": Words("Leitura com novidades", "Sync with news"),
    "new_spending": Words("Cada gasto novo", "Each new spending"),
    "unusual_spending": Words("Gasto fora do comum", "Unusual spending"),
    "salary_in": Words("Salário na conta", "Salary received"),
    "bill_closing": Words("Fatura vai fechar", "Bill about to close"),
    "bill_due": Words("Fatura vai vencer", "Bill about to be due"),
    "bill_overdue": Words("Fatura venceu", "Bill overdue"),
    "plan_limit": Words("Limite do plano", "Limit of the plan"),
    "payment_failed": Words("Pagamento falhou", "Payment failed"),
    "payment_retry": Words("Nova tentativa de cobrança", "Payment tried again"),
    "payment_last_warning": Words("Último aviso de cobrança", "Last warning about a payment"),
    "payment_recovered": Words("Pagamento recebido", "Payment received"),
    "boleto_waits": Words("Boleto esperando pagamento", "Boleto to be paid"),
    "card_refused": Words("Cartão recusado", "Card refused"),
    "payment_suspected": Words("Pagamento suspeito", "Suspected payment"),
    "refund_failed": Words("Devolução falhou", "Refund failed"),
    "second_subscription": Words("Assinatura em dobro", "Second subscription"),
    "subscription_ended": Words("Assinatura terminou", "Subscription ended"),
    "renewal_ahead": Words("Renovação próxima", "Renewal ahead"),
    "trial_ending": Words("Teste vai terminar", "Trial about to end"),
    "trial_over": Words("Teste terminou", "Trial is over"),
    "dispute_opened": Words("Contestação aberta", "Dispute opened"),
    "dispute_closed": Words("Contestação encerrada", "Dispute closed"),
    "invited": Words("Convite para uma empresa", "Invitation to a company"),
    "member_joined": Words("Alguém entrou na empresa", "Somebody joined the company"),
    "new_sign_in": Words("Novo acesso à conta", "New sign-in"),
    "password_changed": Words("Senha trocada", "Password changed"),
    "email_changed": Words("E-mail trocado", "E-mail changed"),
    "second_factor_changed": Words("Duas etapas mudaram", "Second factor changed"),
    "webhook_secret_old": Words("Segredo de webhook antigo", "Old webhook secret"),
    "api_key_made": Words("Chave de API criada", "API key made"),
    "telegram_linked": Words("Telegram ligado", "Telegram linked"),
    "channel_off": Words("Um canal foi desligado", "A channel was switched off"),
    "webhook_disabled": Words("Webhook desligado", "Webhook switched off"),
    "webhook_recovered": Words("Webhook voltou", "Webhook is back"),
}
GROUPS = {
    "connections": Words("Bancos", "Banks"),
    "money": Words("Dinheiro", "Money"),
    "plan": Words("Plano e cobrança", "Plan and billing"),
    "people": Words("Pessoas", "People"),
    "security": Words("Segurança", "Security"),
    "delivery": Words("Os próprios avisos", "Notifications themselves"),
}
CHANNELS = {
    "tray": Words("Sino", "Bell"),
    "email": Words("E-mail", "E-mail"),
    "telegram": Words("Telegram", "Telegram"),
    "push": Words("Navegador", "Browser"),
    "webhook": Words("Webhook", "Webhook"),
}
STATUSES = {
    "waiting": Words("Na fila", "Waiting"),
    "sending": Words("Saindo", "Sending"),
    "sent": Words("Entregue", "Delivered"),
    "skipped": Words("Não enviado", "Not sent"),
    "failed": Words("Falhou", "Failed"),
}
TONES = {"waiting": "live", "sending": "live", "sent": "good", "skipped": "wait", "failed": "bad"}
SEVERITIES = {
    "info": Words("Informação", "Information"),
    "warning": Words("Atenção", "Attention"),
    "error": Words("Precisa de você", "Needs you"),
}
REASONS = {
    "muted": Words("O chat estava silenciado", "The chat was muted"),
    "said_there": Words("O bot contou na própria conversa", "The bot said it in its own words"),
    "left_company": Words("A pessoa saiu da empresa", "The person has left the company"),
    "nobody": Words("Não há mais a quem entregar", "There is nobody to deliver to any more"),
    "switched_off": Words("O canal ou o aviso foi desligado", "The channel or the notice was switched off"),
    "unsendable": Words("O endereço não serve para e-mail", "The address is none for mail"),
    "blocked": Words("O bot foi bloqueado", "The bot was blocked"),
    "became_a_group": Words("O chat virou um grupo", "The chat became a group"),
    "not_configured": Words(
        "Este canal está desligado na instalação", "The installation has this channel off"
    ),
    "endpoint_disabled": Words("O webhook estava desligado", "The webhook was switched off"),
    "forbidden_address": Words(
        "O endereço fica dentro de uma rede privada", "The address is in a private network"
    ),
    "unresolvable": Words("O nome do endereço não existe", "The name of the address does not exist"),
    "timeout": Words("Não respondeu a tempo", "It did not answer in time"),
    "connection": Words("Não aceitou a conexão", "It did not accept the connection"),
    "tls": Words("O certificado não confere", "The certificate does not fit"),
    "bad_token": Words("O Telegram não aceita o token", "Telegram does not accept the token"),
    "too_many_messages": Words("O Telegram pediu para esperar", "Telegram asked us to wait"),
    "unavailable": Words("O serviço não respondeu", "The service did not answer"),
    "refused": Words("A mensagem foi recusada", "The message was refused"),
    "worker_died": Words("O envio foi interrompido", "Sending was interrupted"),
}
SMTP_REASON = Words("O servidor de e-mail recusou (código {})", "The mail server refused (code {})")
HTTP_REASON = Words("O endereço respondeu {}", "The address answered {}")
NO_SERVER = Words("O servidor de e-mail não respondeu", "The mail server did not answer")

SAVED = Words("Preferências salvas.", "Preferences saved.")
ON_AGAIN = Words("Ligado de novo.", "Switched on again.")
REMOVED = Words("Removido.", "Removed.")
REPLAYED = Words("{} na fila de novo.", "{} queued again.")
WAITS = Words("Esta entrega já está na fila.", "This delivery is waiting already.")
ADDRESS = Words(
    "Use um endereço https público, sem senha e ainda não cadastrado.",
    "Use a public https address, without a password and not there yet.",
)
BAD_TIMES = Words("Confira o fuso e os horários.", "Check the time zone and the times.")

TRAY = {
    "title": Words("Avisos", "Notifications"),
    "hint": Words("O que precisa de você e o que aconteceu.", "What needs you, and what happened."),
    "all": Words("Todos", "All"),
    "unread": Words("Não lidos", "Unread"),
    "show": Words("Mostrar", "Show"),
    "mark_all": Words("Marcar tudo como lido", "Mark all as read"),
    "mark": Words("Marcar como lido", "Mark as read"),
    "mark_of": Words("Marcar como lido: {}", "Mark as read: {}"),
    "new": Words("novo", "new"),
    "older": Words("Mais antigos", "Older"),
    "preferences": Words("Preferências", "Preferences"),
    "empty": Words("Nenhum aviso por aqui", "Nothing here yet"),
    "empty_hint": Words(
        "Quando um banco pedir algo, uma fatura fechar ou o salário cair, você vê aqui e onde mais escolher.",
        "When a bank asks for something, a bill closes or the salary arrives, you see it here and wherever you choose.",
    ),
    "read_all": Words("Tudo lido", "All read"),
}
PREFERENCES = {
    "title": Words("Preferências de avisos", "Notification preferences"),
    "hint": Words(
        "O que avisar, por onde e a que horas. Vale para todas as suas empresas.",
        "What to tell you, where and when. For all your companies.",
    ),
    "what": Words("O que avisar", "What to tell"),
    "kind": Words("Aviso", "Notification"),
    "always": Words("sempre", "always"),
    "by": Words("{} por {}", "{} by {}"),
    "save": Words("Salvar", "Save"),
    "when": Words("Quando", "When"),
    "zone": Words("Fuso horário", "Time zone"),
    "quiet_from": Words("Silêncio a partir das", "Quiet from"),
    "quiet_until": Words("até as", "until"),
    "quiet_hint": Words(
        "Nesse intervalo os avisos esperam; segurança e perguntas do banco passam. Horários iguais: sem silêncio.",
        "Notifications wait meanwhile; security and questions of a bank pass. Equal times: no quiet.",
    ),
    "digest_at": Words("Resumo do dia às", "Daily digest at"),
    "channels": Words("Canais", "Channels"),
    "email_on": Words("Os avisos vão para {}.", "Notifications go to {}."),
    "email_off": Words(
        "O servidor recusou o seu endereço em {}: {}.", "The server refused your address on {}: {}."
    ),
    "switch_on": Words("Ligar de novo", "Switch on again"),
    "telegram_none": Words("Nenhum chat ligado.", "No chat linked."),
    "telegram_off": Words(
        "O Telegram não está configurado nesta instalação.", "Telegram is not configured here."
    ),
    "chat": Words("Chat ligado em {}", "Chat linked on {}"),
    "chat_blocked": Words("o bot foi bloqueado", "the bot was blocked"),
    "chat_muted": Words("silenciado até {}", "muted until {}"),
    "link": Words("Ligar o Telegram", "Link Telegram"),
    "manage": Words("Abrir", "Open"),
    "push_none": Words("Nenhum navegador recebe avisos.", "No browser receives notifications."),
    "push_off": Words(
        "Os avisos do navegador não estão configurados nesta instalação.",
        "Browser notifications are not configured here.",
    ),
    "push_here": Words("Avisar neste navegador", "Notify this browser"),
    "push_denied": Words(
        "O navegador não permitiu avisos desta página.", "The browser did not allow notifications."
    ),
    "push_failed": Words("Este navegador não conseguiu se inscrever.", "This browser could not subscribe."),
    "push_done": Words(
        "Este navegador recebe avisos até você sair da conta nele.",
        "This browser receives notifications until you sign out in it.",
    ),
    "remove": Words("Remover", "Remove"),
    "missed": Words("O que não chegou", "What did not arrive"),
    "missed_none": Words("Tudo chegou no último mês.", "Everything arrived in the last month."),
    "webhooks": Words("Webhooks da empresa", "Webhooks of the company"),
}
ENDPOINTS = {
    "title": Words("Webhooks", "Webhooks"),
    "hint": Words(
        "Avisos desta empresa para os seus programas, assinados (Standard Webhooks).",
        "Notifications of this company for your programs, signed (Standard Webhooks).",
    ),
    "none": Words("Nenhum endereço", "No address yet"),
    "none_hint": Words(
        "Um programa seu recebe um POST assinado quando algo acontece. O segredo aparece uma vez, ao criar.",
        "A program of yours gets a signed POST when something happens. The secret is shown once, when made.",
    ),
    "add": Words("Novo endereço", "New address"),
    "url": Words("Endereço (https)", "Address (https)"),
    "description": Words("Descrição", "Description"),
    "kinds": Words("O que enviar (nada marcado: tudo)", "What to send (none ticked: everything)"),
    "create": Words("Criar", "Create"),
    "secret": Words(
        "Copie o segredo agora: ele não será mostrado de novo.", "Copy the secret now: it is not shown again."
    ),
    "everything": Words("tudo", "everything"),
    "works": Words("Funciona", "Works"),
    "untried": Words("Nada enviado ainda", "Nothing sent yet"),
    "failing": Words("Falha desde {}", "Failing since {}"),
    "disabled": Words("Desligado", "Switched off"),
    "disabled_why": Words("Desligado: {}", "Switched off: {}"),
    "overlap": Words("O segredo anterior ainda assina até {}.", "The former secret also signs until {}."),
    "rotate": Words("Trocar segredo", "Rotate the secret"),
    "enable": Words("Ligar de novo", "Switch on again"),
    "disable": Words("Desligar", "Switch off"),
    "remove": Words("Remover", "Remove"),
    "replay_missed": Words("Reenviar o que falhou", "Send again what failed"),
    "replay": Words("Reenviar", "Send again"),
    "replay_of": Words("Reenviar: {}", "Send again: {}"),
    "deliveries": Words("Entregas", "Deliveries"),
    "no_deliveries": Words("Ainda não houve entregas.", "There were no deliveries yet."),
    "kind": Words("Aviso", "Notification"),
    "status": Words("Situação", "Status"),
    "tries": Words("Tentativas", "Tries"),
    "at": Words("Quando", "When"),
    "next": Words("próxima {}", "next {}"),
    "back": Words("Todos os endereços", "All addresses"),
}
LEAVING = {
    "title": Words("Parar de receber", "Stop receiving"),
    "asks": Words("Não enviar mais este aviso por e-mail?", "Send no more of these by e-mail?"),
    "yes": Words("Parar de receber", "Stop receiving"),
    "done": Words("Pronto: este aviso não vai mais por e-mail.", "Done: no more of these by e-mail."),
    "undo": Words("Foi engano, quero receber", "That was a mistake, send them"),
    "undone": Words("Este aviso volta a ir por e-mail.", "These go by e-mail again."),
    "elsewhere": Words(
        "Ele continua no sino e nos outros canais que você escolheu.",
        "It stays on the bell and on the other channels you chose.",
    ),
    "unknown": Words("Este endereço não vale.", "This address is not valid."),
}


def reason(code: str) -> str:
    """Why a delivery did not arrive, in words."""
    kind, _, number = code.partition("_")
    if kind == "smtp" and number.isdigit():
        return str(SMTP_REASON).format(number)
    if kind == "http" and number.isdigit():
        return str(HTTP_REASON).format(number)
    return str(REASONS.get(code, NO_SERVER if code.endswith(("Error", "Refused", "Disconnected")) else code))
