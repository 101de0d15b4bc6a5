"""What each kind says, in Portuguese and English: a title of one line and a body; `{name}` is filled from its words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One language's words for one kind."""

    title: str
    body: str


PT, EN = "pt-br", "en"

TEXTS: dict[str, dict[str, Text]] = {
    "connection_asks": {
        PT: Text(
            "{institution} espera a sua resposta",
            "O banco pediu uma confirmação (código, QR code ou autorização no aplicativo). Responda logo: "
            "o pedido tem prazo, e sem ele a conexão não continua.",
        ),
        EN: Text(
            "{institution} is waiting for your answer",
            "The bank asked for a confirmation (a code, a QR code or an authorisation in its app). Answer soon: "
            "the question runs out, and the connection cannot go on without it.",
        ),
    },
    "connection_refused": {
        PT: Text(
            "Reconecte {institution}",
            "O banco recusou o acesso. Até você reconectar, não chegam lançamentos novos; o que já está aqui fica.",
        ),
        EN: Text(
            "Reconnect {institution}",
            "The bank refused access. Nothing new arrives until you reconnect; what is already here stays.",
        ),
    },
    "consent_ending": {
        PT: Text(
            "A autorização de {institution} termina em {day}",
            "Renove agora para não ficar sem atualização. O que já está aqui fica.",
        ),
        EN: Text(
            "Your consent at {institution} ends on {day}",
            "Renew it now to keep the updates coming. What is already here stays.",
        ),
    },
    "consent_ended": {
        PT: Text(
            "A autorização de {institution} terminou",
            "Sem ela o banco não envia mais nada. Autorize de novo para continuar; o histórico fica como está.",
        ),
        EN: Text(
            "Your consent at {institution} has ended",
            "Without it the bank sends nothing. Give it again to go on; the history stays as it is.",
        ),
    },
    "connection_ended": {
        PT: Text(
            "A conexão com {institution} acabou",
            "Ela não existe mais no banco ou não é aceita lá. O histórico fica; para receber mais, conecte de novo.",
        ),
        EN: Text(
            "The connection to {institution} is over",
            "It no longer exists at the bank, or is not supported there. The history stays; connect again.",
        ),
    },
    "connection_failing": {
        PT: Text(
            "{institution} não responde desde {since}",
            "Continuamos tentando sozinhos; você não precisa fazer nada. Avisaremos quando voltar.",
        ),
        EN: Text(
            "{institution} has not answered since {since}",
            "We keep trying by ourselves; there is nothing for you to do. We will tell you when it is back.",
        ),
    },
    "connection_recovered": {
        PT: Text(
            "{institution} voltou", "A conexão funciona de novo e os lançamentos que faltavam foram lidos."
        ),
        EN: Text("{institution} is back", "The connection works again, and the missing rows have been read."),
    },
    "quota_low": {
        PT: Text(
            "O limite mensal de {institution} está no fim",
            "O Open Finance permite um número de consultas por mês. Restam {left} de {limit} para {product}; "
            "o limite volta em {day}.",
        ),
        EN: Text(
            "The monthly limit of {institution} is nearly used up",
            "Open Finance allows a number of reads a month. {left} of {limit} are left for {product}; "
            "the limit comes back on {day}.",
        ),
    },
    "operator_must_look": {
        PT: Text(
            "A Pluggy recusou esta instalação",
            "As chaves ou o plano da Pluggy não permitem mais este acesso ({code}). Quem a administra precisa ver.",
        ),
        EN: Text(
            "Pluggy refused this installation",
            "The keys or the plan at Pluggy no longer allow this ({code}). Whoever runs the installation must look.",
        ),
    },
    "transactions_digest": {
        PT: Text(
            "{count} lançamentos novos em {company}",
            "Entrou {money_in}, saiu {money_out}.\n{lines}",
        ),
        EN: Text("{count} new transactions in {company}", "In: {money_in}, out: {money_out}.\n{lines}"),
    },
    "transactions_synced": {
        PT: Text("{institution}: {new} novos, {changed} mudaram", "Leitura concluída."),
        EN: Text("{institution}: {new} new, {changed} changed", "Sync finished."),
    },
    "new_spending": {
        PT: Text("{amount} em {description}", "{account} · {day}"),
        EN: Text("{amount} at {description}", "{account} · {day}"),
    },
    "unusual_spending": {
        PT: Text(
            "Gasto fora do comum: {amount} em {description}",
            "{habit}: o comum é {usual}, e o maior dos últimos seis meses foi {largest}.\n{account} · {day}",
        ),
        EN: Text(
            "Unusual spending: {amount} at {description}",
            "{habit}: the usual is {usual}, and the largest of the last six months was {largest}.\n{account} · {day}",
        ),
    },
    "salary_in": {
        PT: Text("Salário na conta: {amount}", "{description} · {account} · {day}"),
        EN: Text("Salary received: {amount}", "{description} · {account} · {day}"),
    },
    "bill_closing": {
        PT: Text(
            "A fatura de {card} fecha em {day}",
            "Até agora são {amount}. O que você comprar depois do fechamento fica para a próxima.",
        ),
        EN: Text(
            "The bill of {card} closes on {day}",
            "It stands at {amount}. What you buy after it closes goes on the next one.",
        ),
    },
    "bill_due": {
        PT: Text("A fatura de {card} vence em {day}", "São {amount}. Deixe o valor na conta ou pague hoje."),
        EN: Text(
            "The bill of {card} is due on {day}", "{amount} to pay. Leave it in the account or pay today."
        ),
    },
    "bill_overdue": {
        PT: Text(
            "A fatura de {card} venceu em {day}",
            "Não vimos o pagamento de {amount}. Se já pagou, ele aparece quando o banco mostrar.",
        ),
        EN: Text(
            "The bill of {card} was due on {day}",
            "We saw no payment of {amount}. If you paid, it shows up when the bank shows it.",
        ),
    },
    "plan_limit": {
        PT: Text(
            "{company} chegou ao limite do plano",
            "São {current} de {limit} ({what}). Para ter mais, mude de plano.",
        ),
        EN: Text(
            "{company} has reached the limit of its plan",
            "{current} of {limit} ({what}). Change the plan to have more.",
        ),
    },
    "invited": {
        PT: Text("{inviter} convidou você para {company}", "O link para aceitar foi enviado por e-mail."),
        EN: Text("{inviter} invited you to {company}", "The link to accept it was sent by e-mail."),
    },
    "member_joined": {
        PT: Text("{person} entrou em {company}", "Papel: {role}."),
        EN: Text("{person} joined {company}", "Role: {role}."),
    },
    "new_sign_in": {
        PT: Text(
            "Novo acesso à sua conta",
            "Alguém entrou com o seu e-mail e senha em {at}, do endereço {address}, que não conhecíamos. "
            "Se não foi você, troque a senha agora.",
        ),
        EN: Text(
            "New sign-in to your account",
            "Somebody signed in with your e-mail and password at {at}, from the address {address}, which we did not "
            "know. If it was not you, change the password now.",
        ),
    },
    "password_changed": {
        PT: Text(
            "A sua senha foi trocada",
            "Foi em {at}, do endereço {address}. Se não foi você, peça uma senha nova agora.",
        ),
        EN: Text(
            "Your password was changed",
            "At {at}, from the address {address}. If it was not you, ask for a new one now.",
        ),
    },
    "email_changed": {
        PT: Text(
            "O e-mail da sua conta mudou",
            "Foi em {at}, do endereço {address}. Se não foi você, fale com quem administra a instalação.",
        ),
        EN: Text(
            "The e-mail of your account changed",
            "At {at}, from the address {address}. If it was not you, talk to whoever runs the installation.",
        ),
    },
    "second_factor_changed": {
        PT: Text(
            "As duas etapas da sua conta mudaram",
            "Foi em {at}, do endereço {address}. Se não foi você, troque a senha e ative de novo.",
        ),
        EN: Text(
            "The second factor of your account changed",
            "At {at}, from the address {address}. If it was not you, change the password and set it up again.",
        ),
    },
    "api_key_made": {
        PT: Text(
            "Nova chave de API em {company}",
            "{person} criou uma chave em {at}. Se ninguém precisava dela, revogue.",
        ),
        EN: Text(
            "New API key in {company}",
            "{person} made a key at {at}. If nobody needed it, revoke it.",
        ),
    },
    "telegram_linked": {
        PT: Text(
            "Um chat do Telegram foi ligado à sua conta",
            "Ele passa a receber avisos e a responder sobre o seu dinheiro. Se não foi você, desligue-o agora.",
        ),
        EN: Text(
            "A Telegram chat was linked to your account",
            "It now receives notifications and answers about your money. If it was not you, unlink it now.",
        ),
    },
    "webhook_secret_old": {
        PT: Text(
            "O segredo dos webhooks da {vendor} passou de {days} dias",
            "Ele é de {day}. Troque-o com: financehub rotate_webhook_secret {source}\n"
            "O antigo ainda vale até a {vendor} usar o novo, por no máximo 24 horas; nenhum evento se perde.",
        ),
        EN: Text(
            "The secret of {vendor}'s webhooks is more than {days} days old",
            "It is of {day}. Change it with: financehub rotate_webhook_secret {source}\n"
            "The old one is valid until {vendor} uses the new one, for 24 hours at most; no event is lost.",
        ),
    },
    "channel_off": {
        PT: Text(
            "Paramos de avisar por {channel}",
            "A última mensagem foi recusada de vez ({reason}). Veja nas preferências como ligar de novo.",
        ),
        EN: Text(
            "We stopped telling you by {channel}",
            "The last message was refused for good ({reason}). The preferences show how to switch it on again.",
        ),
    },
    "webhook_disabled": {
        PT: Text(
            "O webhook {host} foi desligado",
            "As entregas falharam desde {since} ({reason}). Conserte o endereço e ligue de novo na página de webhooks.",
        ),
        EN: Text(
            "The webhook {host} was switched off",
            "Deliveries have failed since {since} ({reason}). Mend the address, then switch it on again on its page.",
        ),
    },
    "webhook_recovered": {
        PT: Text("O webhook {host} voltou", "As entregas chegam de novo."),
        EN: Text("The webhook {host} is back", "Deliveries arrive again."),
    },
}

CHANNELS: dict[str, dict[str, str]] = {
    PT: {
        "tray": "sino",
        "email": "e-mail",
        "telegram": "Telegram",
        "push": "navegador",
        "webhook": "webhook",
    },
    EN: {"tray": "bell", "email": "e-mail", "telegram": "Telegram", "push": "browser", "webhook": "webhook"},
}
ROLES: dict[str, dict[str, str]] = {
    PT: {"owner": "dono", "admin": "administrador", "member": "membro", "viewer": "leitor"},
    EN: {"owner": "owner", "admin": "admin", "member": "member", "viewer": "viewer"},
}
LIMITS: dict[str, dict[str, str]] = {
    PT: {"accounts": "contas", "transactions": "lançamentos no mês"},
    EN: {"accounts": "accounts", "transactions": "transactions this month"},
}
QUOTAS: dict[str, dict[str, str]] = {
    PT: {
        "accounts_list": "contas",
        "accounts_balance": "saldo",
        "transactions_recent": "lançamentos recentes",
        "transactions_history": "histórico de lançamentos",
        "cards_list": "cartões",
        "cards_bills": "faturas",
        "cards_limits": "limites dos cartões",
        "cards_recent": "compras recentes",
        "cards_history": "histórico de compras",
        "investments_list": "investimentos",
        "investments_balance": "saldo dos investimentos",
        "investments_history": "histórico dos investimentos",
        "identity": "dados cadastrais",
        "loans_list": "empréstimos",
        "loans_payments": "parcelas dos empréstimos",
    },
    EN: {
        "accounts_list": "accounts",
        "accounts_balance": "balance",
        "transactions_recent": "recent transactions",
        "transactions_history": "transaction history",
        "cards_list": "cards",
        "cards_bills": "card bills",
        "cards_limits": "card limits",
        "cards_recent": "recent purchases",
        "cards_history": "purchase history",
        "investments_list": "investments",
        "investments_balance": "investment balances",
        "investments_history": "investment history",
        "identity": "registration data",
        "loans_list": "loans",
        "loans_payments": "loan instalments",
    },
}
BUTTONS: dict[str, dict[str, str]] = {
    PT: {"category": "Categoria", "ignore": "Ignorar", "split": "Dividir", "open": "Abrir"},
    EN: {"category": "Category", "ignore": "Ignore", "split": "Split", "open": "Open"},
}
MAIL: dict[str, dict[str, str]] = {
    PT: {
        "greeting": "Olá, {name}.",
        "button": "Abrir no Finance Hub",
        "pay": "Pagar agora, sem entrar",
        "why": "Você recebe este aviso porque participa de {company} no Finance Hub.",
        "unsubscribe": "Não quero mais este tipo de aviso por e-mail",
        "preferences": "Escolher o que receber",
    },
    EN: {
        "greeting": "Hello, {name}.",
        "button": "Open in Finance Hub",
        "pay": "Pay now, without signing in",
        "why": "You get this because you take part in {company} on Finance Hub.",
        "unsubscribe": "No more notifications of this kind by e-mail",
        "preferences": "Choose what to receive",
    },
}
