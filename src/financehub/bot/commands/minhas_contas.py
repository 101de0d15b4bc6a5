"""/minhas_contas: every connected bank, how it is, what it holds; what waits for the person first."""

from financehub.banking import reports
from financehub.banking.models import Account
from financehub.banking.reports import ConnectionCard
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands import texts
from financehub.bot.replies import Answer, Said
from financehub.providers.telegram.keyboards import Button

ANSWERABLE = {"waiting_input", "waiting_action"}


def answer(said: Said) -> Answer:
    """The banks with their accounts, then what is kept by hand."""
    cards = reports.connections(said.company)
    by_hand = [account for account in reports.open_accounts(said.company) if account.is_manual]
    connect = [[Button(str(texts.CONNECT_ANOTHER), data="conectar_banco:")]]
    if not cards and not by_hand:
        return Answer.of(str(texts.ACCOUNTS_NONE), connect)
    parts = [str(texts.ACCOUNTS).format(company=saying.esc(said.company.name)), *map(_card, cards)]
    if by_hand:
        parts.append("\n".join([str(texts.BY_HAND), *map(_line, by_hand)]))
    asking = [
        [
            Button(
                saying.label(str(texts.ANSWER_BANK).format(bank=card.connector.name)),
                data=f"responder:{card.item.pk.hex}",
            )
        ]
        for card in cards
        if card.state in ANSWERABLE
    ]
    more = [Button(str(texts.GO_BALANCE), data="saldo:"), Button(str(texts.GO_SYNC), data="sincronizar:")]
    return Answer.of("\n\n".join(parts), [*asking, more, *connect])


def press(said: Said) -> Answer:
    """The button that asks for it."""
    return answer(said)


def _card(card: ConnectionCard) -> str:
    at = card.last_sync_at
    read = str(texts.READ_AT).format(age=saying.age(at)) if at else saying.age(None)
    head = f"<b>{saying.bank(card.connector)}</b> \N{EM DASH} {common.STATES[card.state]}, {read}"
    return "\n".join([head, *map(_line, card.accounts)])


def _line(account: Account) -> str:
    amount = saying.amount(account.balance_cents, account.currency)
    shown = str(texts.OPEN_BILL).format(amount=amount) if account.is_card else amount
    last4 = f" \N{BULLET}\N{BULLET}{saying.esc(account.number_last4)}" if account.number_last4 else ""
    return f"• {saying.esc(account.marketing_name or account.name)}{last4}: {shown}"
