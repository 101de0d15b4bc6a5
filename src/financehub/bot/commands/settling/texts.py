"""Words about the chat itself and about notices of spending, in Portuguese and English; HTML, values come escaped."""

from financehub.core.words import Words

# /start
ASK_LINK = Words(
    "Vincular este chat à conta <b>{person}</b>?\nQuem usa este Telegram passa a ver saldos e extratos dela "
    "e a receber "
    "avisos. Só confirme se a conta for sua.",
    "Link this chat to the account <b>{person}</b>?\nWhoever uses this Telegram will see its balances and "
    "statements and "
    "get its notices. Confirm only if the account is yours.",
)
YES_LINK, NO_LINK = Words("Sim, é minha conta", "Yes, it is my account"), Words("Não", "No")
LINK_CLOSED = Words(
    "Este link já foi usado ou venceu. Peça outro na página Telegram da sua conta:\n{link}",
    "This link was used or is out of date. Ask for another on the Telegram page of your account:\n{link}",
)
NOT_LINKED = Words("Certo, não vinculei nada.", "Fine, nothing was linked.")
LINKED = Words("✅ Pronto, {name}. Este chat agora é seu.", "✅ Done, {name}. This chat is yours now.")
ALREADY = Words(
    "Oi, {name}. Este chat já está vinculado à sua conta.", "Hello {name}. This chat is linked already."
)

# /empresa
WHICH_COMPANY = Words("De qual empresa falamos?", "Which company shall we speak about?")
ONE_COMPANY = Words("Você participa só de <b>{company}</b>.", "You belong to <b>{company}</b> only.")
COMPANY_CHOSEN = Words("Agora falamos de <b>{company}</b>.", "Now we speak about <b>{company}</b>.")

# /idioma
WHICH_LANGUAGE = Words("Em que língua falamos?", "Which language shall we speak?")
LANGUAGES = {"pt-br": "Português", "en": "English"}
LANGUAGE_CHOSEN = Words("Certo, falo português.", "Fine, I speak English.")

# /silenciar
MUTE_ASK = Words(
    "Por quanto tempo pauso os avisos neste chat? O que é urgente (o banco esperando você, segurança) "
    "continua chegando.",
    "For how long shall I pause notices in this chat? What is urgent (a bank waiting for you, security) "
    "still arrives.",
)
MUTED_NOW = Words("Avisos pausados até {until}.", "Notices are paused until {until}.")
MUTE_CHOICES = {
    1: Words("1 hora", "1 hour"),
    8: Words("8 horas", "8 hours"),
    24: Words("1 dia", "1 day"),
    168: Words("1 semana", "1 week"),
}
SPEAK = Words("🔔 Voltar a avisar", "🔔 Speak again")
SPEAKING = Words("Avisos ligados de novo.", "Notices are on again.")

# /desvincular
ASK_UNLINK = Words(
    "Separar este chat da sua conta? Não vejo nem digo mais nada aqui; os bancos continuam conectados.",
    "Part this chat from your account? I will see and say nothing here; the banks stay connected.",
)
YES_UNLINK = Words("Sim, separar", "Yes, part them")
UNLINKED = Words(
    "Pronto. Este chat não é mais de ninguém. Até logo!", "Done. This chat is nobody's any more. Goodbye!"
)

# notices of spending
WHICH_CATEGORY = Words("Categoria de <b>{row}</b> ({amount}):", "Category of <b>{row}</b> ({amount}):")
CATEGORY_SET = Words("✅ <b>{row}</b>: {category}", "✅ <b>{row}</b>: {category}")
MORE_CATEGORIES = Words("Outras…", "Others…")
IGNORED = Words(
    "🙈 <b>{row}</b> ({amount}) não conta mais nas somas.",
    "🙈 <b>{row}</b> ({amount}) no longer counts in sums.",
)
COUNTED_AGAIN = Words("<b>{row}</b> ({amount}) conta de novo.", "<b>{row}</b> ({amount}) counts again.")
UNDO = Words("Desfazer", "Undo")
SPLIT_TAG = Words("dividir", "split")
SPLIT = Words(
    "✂️ Marquei <b>{row}</b> ({amount}) com “{tag}” para dividir depois: {link}",
    "✂️ I tagged <b>{row}</b> ({amount}) “{tag}”, to split it later: {link}",
)
