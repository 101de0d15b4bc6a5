"""Words about connections, in Portuguese and English; HTML, values come escaped."""

from financehub.core.words import Words

# choosing
WHICH_BANK = Words(
    "🏦 <b>Qual banco?</b>\nToque em um, ou escreva parte do nome para buscar.",
    "🏦 <b>Which bank?</b>\nTouch one, or write a part of its name to search.",
)
FOUND = Words("Busca por “{text}”: {found}", "Search for “{text}”: {found}")
ONE_BANK, MANY_BANKS = ("banco", "bank"), ("bancos", "banks")
NO_BANK = Words("Nenhum banco com “{text}”. Tente outro nome.", "No bank with “{text}”. Try another name.")
PAGE = Words("Página {number} de {pages}", "Page {number} of {pages}")
OFFLINE_MARK = "⛔ "
BY_OPEN_FINANCE = " · Open Finance"
NEXT, PREVIOUS = Words("Mais »", "More »"), Words("« Voltar", "« Back")

# documents
ASK = {
    "cpf": Words(
        "Qual é o <b>CPF</b> da conta no {bank}?\nConfiro os dígitos, uso só para abrir o banco e apago sua "
        "mensagem.",
        "Which <b>CPF</b> has the account at {bank}?\nI check its digits, use it only to open the bank, and "
        "erase your "
        "message.",
    ),
    "cnpj": Words(
        "Qual é o <b>CNPJ</b> da conta no {bank}?\nConfiro os dígitos, uso só para abrir o banco e apago "
        "sua mensagem.",
        "Which <b>CNPJ</b> has the account at {bank}?\nI check its digits, use it only to open the bank, "
        "and erase your "
        "message.",
    ),
}
WRONG_DOCUMENT = {
    "cpf": Words(
        "Esse CPF não confere: são 11 dígitos, e os dois últimos são de controle. Envie de novo, ou /cancelar.",
        "That CPF is not right: 11 digits, the last two check the others. Send it again, or /cancelar.",
    ),
    "cnpj": Words(
        "Esse CNPJ não confere: são 14 dígitos, e os dois últimos são de controle. Envie de novo, ou /cancelar.",
        "That CNPJ is not right: 14 digits, the last two check the others. Send it again, or /cancelar.",
    ),
}

# the way to Connect
OPEN = Words(
    "Pronto. Abra o {bank} por este botão, em até 30 minutos. Ele só funciona para você: pede sua entrada "
    "no Finance Hub "
    "e a autorização é no ambiente do banco.",
    "Ready. Open {bank} with this button within 30 minutes. It works for you only: it asks you to sign in "
    "to Finance Hub, "
    "and you authorise at the bank itself.",
)
OPEN_BY_LINK = Words(
    "Pronto. Abra o {bank} por este endereço, em até 30 minutos. Ele só funciona para você: pede sua "
    "entrada no Finance "
    "Hub e a autorização é no ambiente do banco.\n{link}",
    "Ready. Open {bank} at this address within 30 minutes. It works for you only: it asks you to sign in to "
    "Finance Hub, "
    "and you authorise at the bank itself.\n{link}",
)
OPEN_BUTTON = Words("Abrir {bank}", "Open {bank}")
TYPE_HERE = Words("Digitar os dados aqui", "Type it here")
TWO_WAYS = Words(
    "O {bank} pede usuário e senha. O caminho seguro é a página; se preferir, digite aqui.",
    "{bank} asks for user and password. The page is the safe way; if you prefer, type it here.",
)

# credentials
ASK_CREDENTIALS = Words(
    "Envie <b>em uma só mensagem</b>, um por linha, nesta ordem:\n{fields}\n\nApago sua mensagem na hora, "
    "uso uma vez e "
    "não guardo. Para parar: /cancelar",
    "Send <b>in one message</b>, one on each line, in this order:\n{fields}\n\nI erase your message at "
    "once, use it once "
    "and keep nothing. To stop: /cancelar",
)
WRONG_LINES = Words(
    "Preciso de {count} linhas, nesta ordem:\n{fields}\n\nApaguei sua mensagem. Envie de novo, ou /cancelar.",
    "I need {count} lines, in this order:\n{fields}\n\nI erased your message. Send again, or /cancelar.",
)
STARTED = Words("🔄 {bank}: entrando no banco…", "🔄 {bank}: signing in to the bank…")

# questions of the bank
QUESTION = Words("✋ <b>{bank}</b> pergunta: {label}", "✋ <b>{bank}</b> asks: {label}")
UNTIL = Words("Responda até {hour}.", "Answer until {hour}.")
WRITE_ANSWER = Words(
    "Escreva a resposta aqui; apago sua mensagem na hora.",
    "Write the answer here; I erase your message at once.",
)
ERRAND = Words("✋ <b>{bank}</b> espera algo de você:", "✋ <b>{bank}</b> waits for something from you:")
OPEN_ERRAND = Words("Abrir no banco", "Open at the bank")
ANSWERED = Words("Resposta enviada a {bank}. Aguarde…", "Answer sent to {bank}. One moment…")
NO_QUESTION = Words("{bank} não espera nada agora.", "{bank} waits for nothing now.")

# progress and results
READING = Words("🔄 {bank}: lendo o banco…", "🔄 {bank}: reading the bank…")
BRINGING = Words("🔄 {bank}: trazendo tudo para cá…", "🔄 {bank}: bringing it all here…")
CONNECTED = Words(
    "✅ <b>{bank}</b> está em dia: {accounts}, {rows}.", "✅ <b>{bank}</b> is up to date: {accounts}, {rows}."
)
PARTLY = Words("Com avisos: {title} {step}", "With warnings: {title} {step}")
NO_NEWS = Words("✅ <b>{bank}</b> está em dia: nada de novo.", "✅ <b>{bank}</b> is up to date: no news.")
TROUBLE = Words("⚠️ <b>{bank}</b>: {title}\n{step}", "⚠️ <b>{bank}</b>: {title}\n{step}")
SYNC_FAILED = Words("A leitura não terminou.", "The reading did not finish.")
SYNC_AGAIN = Words("Vou tentar de novo sozinho.", "I will try again by myself.")
NOBODY_CAME = Words(
    "O pedido de conectar {bank} venceu sem uso. Quando quiser: /conectar_banco",
    "The request to connect {bank} ran out unused. Whenever you like: /conectar_banco",
)
STILL_GOING = Words(
    "{bank} ainda está sendo lido. Não vou mais atualizar esta mensagem; veja em /minhas_contas.",
    "{bank} is still being read. I no longer update this message; see /minhas_contas.",
)
AGAIN = Words("Tentar de novo", "Try again")
RECONNECT = Words("Reconectar", "Reconnect")
RECONNECT_AT = Words("Reconecte em {link}", "Reconnect at {link}")

# /desconectar_banco
WHICH_OUT = Words("Qual banco desconectar?", "Which bank shall I disconnect?")
NONE_CONNECTED = Words(
    "Nenhum banco está conectado. Comece com /conectar_banco.",
    "No bank is connected. Start with /conectar_banco.",
)
SURE = Words(
    "Desconectar <b>{bank}</b> ({accounts}, {rows})?\nA autorização no banco é revogada. O histórico pode "
    "ficar aqui.",
    "Disconnect <b>{bank}</b> ({accounts}, {rows})?\nThe consent at the bank is revoked. History can stay here.",
)
KEEP_HISTORY = Words("Desconectar, manter histórico", "Disconnect, keep history")
DROP_HISTORY = Words("Desconectar e apagar tudo", "Disconnect and delete all")
DISCONNECTED_KEPT = Words(
    "<b>{bank}</b> foi desconectado. O histórico continua aqui.",
    "<b>{bank}</b> is disconnected. Its history stays here.",
)
DISCONNECTED_GONE = Words(
    "<b>{bank}</b> foi desconectado e seus dados foram apagados daqui.",
    "<b>{bank}</b> is disconnected and its data is deleted here.",
)

# /sincronizar
WHICH_SYNC = Words("Qual banco sincronizar?", "Which bank shall I sync?")
ALL_BANKS = Words("Todos", "All of them")
SYNC_ASKED = Words("🔄 {bank}: pedi novidades…", "🔄 {bank}: asked for news…")
SYNC_READ = Words(
    "🔄 {bank}: {why} Vou reler o que o provedor tem…", "🔄 {bank}: {why} Reading what the provider has…"
)
SYNC_NOT = Words("⚠️ {bank}: {why}", "⚠️ {bank}: {why}")
