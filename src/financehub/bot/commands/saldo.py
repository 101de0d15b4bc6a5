"""/saldo: what there is, together and account by account, and how old each number is."""

from collections import defaultdict

from financehub.banking import reports
from financehub.banking.models import Account
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands import texts
from financehub.bot.replies import Answer, Said
from financehub.providers.telegram.keyboards import Button

CURRENCY = reports.CURRENCY


def answer(said: Said) -> Answer:
    """Cash in reais first; cards and other currencies beside it, never added."""
    accounts = reports.open_accounts(said.company)
    if not accounts:
        return Answer.of(str(texts.BALANCE_NONE))
    funds = [account for account in accounts if not account.is_card]
    cards = [account for account in accounts if account.is_card]
    parts = [_together(said, funds), _lines(funds)]
    if cards:
        parts.append(f"{texts.BALANCE_CARDS}\n{_lines(cards)}")
    parts.append(_attention(said))
    return Answer.of("\n\n".join(part for part in parts if part), _buttons(has_cards=bool(cards)))


def press(said: Said) -> Answer:
    """The button that asks for it."""
    return answer(said)


def _together(said: Said, funds: list[Account]) -> str:
    cash = [account for account in funds if account.currency == CURRENCY]
    total = saying.amount(sum(account.balance_cents for account in cash))
    count = saying.counted(len(cash), texts.ONE_ACCOUNT, texts.MANY_ACCOUNTS)
    lines = [
        str(texts.BALANCE).format(company=saying.esc(said.company.name), amount=total, accounts=count),
        _others(funds),
    ]
    moments = [account.balance_at for account in cash if account.balance_at]
    if moments:
        lines.append(str(texts.BALANCE_OLDEST).format(age=saying.age(min(moments))))
    return "\n".join(line for line in lines if line)


def _others(funds: list[Account]) -> str:
    sums: dict[str, int] = defaultdict(int)
    for account in funds:
        if account.currency != CURRENCY:
            sums[account.currency] += account.balance_cents
    amounts = ", ".join(saying.amount(cents, currency) for currency, cents in sorted(sums.items()))
    return str(texts.BALANCE_OTHER).format(amounts=amounts) if amounts else ""


def _lines(accounts: list[Account]) -> str:
    return "\n".join(
        f"• {saying.account_name(account)}: <b>{saying.amount(account.balance_cents, account.currency)}</b>"
        f" <i>({saying.age(account.balance_at)})</i>"
        for account in accounts
    )


def _attention(said: Said) -> str:
    waiting = [card for card in reports.connections(said.company) if card.needs_a_person]
    lines = [f"• {saying.bank(card.connector)}: {common.STATES[card.state]}" for card in waiting]
    return "\n".join([str(texts.ATTENTION), *lines]) if lines else ""


def _buttons(*, has_cards: bool) -> list[list[Button]]:
    bills = [Button(str(texts.GO_BILLS), data="fatura:")] if has_cards else []
    return [
        [Button(str(texts.GO_STATEMENT), data="extrato:"), *bills],
        [Button(str(texts.GO_SYNC), data="sincronizar:")],
    ]
