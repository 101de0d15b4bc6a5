"""What the bot says in every conversation, in Portuguese and English; HTML, values come escaped."""

from financehub.core.words import Words

MENU = {
    "saldo": Words("Quanto tenho, conta por conta", "What I have, account by account"),
    "extrato": Words("Últimos 30 dias: filtros, páginas, arquivo", "Last 30 days: filters, pages, file"),
    "fatura": Words("Faturas dos cartões", "Card bills"),
    "minhas_contas": Words("Bancos conectados e suas contas", "Connected banks and their accounts"),
    "conectar_banco": Words("Conectar um banco", "Connect a bank"),
    "sincronizar": Words("Buscar novidades agora", "Look for news now"),
    "desconectar_banco": Words("Desconectar um banco", "Disconnect a bank"),
    "empresa": Words("Escolher a empresa", "Choose the company"),
    "silenciar": Words("Pausar os avisos", "Pause the notices"),
    "idioma": Words("Português ou English", "Português or English"),
    "desvincular": Words("Separar este chat da minha conta", "Part this chat from my account"),
    "cancelar": Words("Parar o que estava no meio", "Stop what was under way"),
    "ajuda": Words("O que eu sei fazer", "What I can do"),
}

HELP_TITLE = Words("<b>O que eu sei fazer</b>", "<b>What I can do</b>")
HELP_END = Words(
    "Falo de <b>{company}</b>. Só em conversa privada, e só com você.",
    "I speak about <b>{company}</b>. Only in private, and only with you.",
)
NOT_UNDERSTOOD = Words(
    "Não entendi. Escolha um comando ou toque em um botão.",
    "I did not understand. Choose a command or touch a button.",
)
PICTURE = Words("Só leio texto. Veja o que sei fazer:", "I only read text. This is what I can do:")
IN_PRIVATE = Words(
    "Não falo de dinheiro em grupos. Fale comigo em particular: {link}",
    "I do not speak about money in groups. Talk to me in private: {link}",
)
STRANGER = Words(
    "Este chat ainda não está vinculado a ninguém.\n\nEntre no Finance Hub, abra <b>Telegram</b> no menu da "
    "sua conta "
    "e toque em <b>Vincular</b>: você volta para cá pelo link.\n{link}",
    "This chat is not linked to anybody yet.\n\nSign in to Finance Hub, open <b>Telegram</b> in your "
    "account's menu and "
    "touch <b>Link</b>: the link brings you back here.\n{link}",
)
OPEN_SITE = Words("Entrar e vincular", "Sign in and link")
NO_COMPANY = Words(
    "Você não participa mais de nenhuma empresa aqui.", "You no longer belong to any company here."
)
TOO_FAST = Words("Um momento: são muitas mensagens seguidas.", "One moment: that is many messages in a row.")
FAILED = Words(
    "Algo deu errado aqui. Já está registrado; tente de novo em instantes.",
    "Something went wrong here. It is on record; try again in a moment.",
)
OLD_BUTTON = Words("Este botão é de uma conversa antiga.", "This button is of an old conversation.")
ERASED_LATE = Words(
    "Apaguei sua mensagem por segurança: eu não esperava mais essa resposta.",
    "I erased your message to be safe: I was no longer waiting for that.",
)
CANNOT_ERASE = Words(
    "⚠️ O Telegram não me deixou apagar sua mensagem. Apague você mesmo.",
    "⚠️ Telegram did not let me erase your message. Please erase it yourself.",
)
LOST_SECRET = Words(
    "Não consegui usar sua resposta agora, e ela não ficou guardada. Envie de novo.",
    "I could not use your answer now, and it was not kept. Please send it again.",
)
CANCELLED = Words("Certo, parei. Nada mudou.", "Fine, I stopped. Nothing changed.")
NOTHING_TO_CANCEL = Words("Não havia nada no meio.", "Nothing was under way.")
CANCEL = Words("Cancelar", "Cancel")
BACK = Words("« Voltar", "« Back")

REFUSALS = {
    "denied": Words(
        "Seu papel nesta empresa é só de leitura: peça a um administrador.",
        "Your role in this company is read-only: ask an administrator.",
    ),
    "pluggy_not_configured": Words(
        "A conexão com bancos está desligada nesta instalação.",
        "Bank connections are off in this installation.",
    ),
    "mfa_not_asked": Words(
        "O banco não está mais esperando essa resposta.", "The bank no longer waits for this answer."
    ),
    "mfa_refused": Words(
        "O banco não aceitou a resposta: errada, usada antes ou fora do prazo.",
        "The bank did not accept the answer: wrong, used before, or too late.",
    ),
    "already_fresh": Words("Os dados já são recentes.", "The data is already fresh."),
    "cannot_refresh": Words("Esta conexão se atualiza sozinha.", "This connection refreshes by itself."),
    "login_backoff": Words(
        "Muitas tentativas seguidas: o banco pede alguns minutos de espera.",
        "Too many attempts in a row: the bank asks for a few minutes.",
    ),
    "needs_reconnect": Words(
        "Esta conexão precisa ser refeita antes: use /conectar_banco ou a página Conexões.",
        "Reconnect this bank first: use /conectar_banco or the page Connections.",
    ),
    "needs_answer": Words("O banco espera uma resposta sua antes.", "The bank waits for your answer first."),
    "still_updating": Words("O banco ainda está sendo lido.", "The bank is still being read."),
    "not_connected": Words("Essa conexão não existe mais.", "That connection no longer exists."),
    "credentials_refused": Words(
        "O banco não aceita esses dados. Confira e tente de novo com /conectar_banco.",
        "The bank does not take these. Check them and try again with /conectar_banco.",
    ),
    "connector_offline": Words(
        "Este banco está fora do ar no Open Finance. Tente mais tarde.",
        "This bank is down at the moment. Try again later.",
    ),
    "not_found": Words("Isso não existe mais.", "That no longer exists."),
    "item_not_found": Words("Essa conexão não existe mais.", "That connection no longer exists."),
    "lock_busy": Words(
        "Um momento: ainda estou cuidando do pedido anterior.", "One moment: I am still at the last one."
    ),
}
QUOTA_SPENT = Words(
    "O limite mensal do Open Finance para este banco acabou; ele volta em {day}.",
    "Open Finance's monthly limit for this bank is spent; it returns on {day}.",
)
LIMIT_COUNTED = Words(
    "Seu plano permite {limit} contas e você já tem {current}.",
    "Your plan allows {limit} accounts and you have {current}.",
)
LIMIT_OFF = Words("Seu plano não permite isso agora.", "Your plan does not allow this now.")
LIMIT_PLAN = Words("O plano <b>{plan}</b> permite: {link}", "The plan <b>{plan}</b> would: {link}")
LIMIT_SEE = Words("Veja os planos: {link}", "See the plans: {link}")
TRY_LATER = Words(
    "Não deu certo agora. Tente de novo em instantes.", "That did not work now. Try again in a moment."
)
BANK_AWAY = Words(
    "O provedor do Open Finance não respondeu. Tente de novo em instantes.",
    "The Open Finance provider did not answer. Try again in a moment.",
)

AGES = {
    "never": Words("sem leitura", "not read yet"),
    "now": Words("agora", "just now"),
    "minutes": Words("há {} min", "{} min ago"),
    "hours": Words("há {} h", "{} h ago"),
    "day": Words("há {} dia", "{} day ago"),
    "days": Words("há {} dias", "{} days ago"),
}
STATES = {
    "healthy": Words("✅ em dia", "✅ up to date"),
    "partial": Words("✅ em dia, com avisos", "✅ up to date, with warnings"),
    "updating": Words("🔄 atualizando", "🔄 updating"),
    "waiting_input": Words("✋ o banco espera você", "✋ the bank waits for you"),
    "waiting_action": Words("✋ falta algo no banco", "✋ something is left to do at the bank"),
    "reconnect": Words("🔴 precisa reconectar", "🔴 needs to be reconnected"),
    "failed": Words("⚠️ não atualizou", "⚠️ did not update"),
    "disconnected": Words("desconectado", "disconnected"),
}
