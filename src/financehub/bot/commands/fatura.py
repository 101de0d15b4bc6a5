"""/fatura: each card's open bill and the ones to be paid; one card in detail."""

from datetime import date

from financehub.banking import reports
from financehub.banking.advice.texts import BILL_STATES
from financehub.banking.cards import reports as cards
from financehub.banking.cards.bills import BillSheet, PlacedRow
from financehub.banking.cards.reports import CardStatement
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands import texts
from financehub.bot.replies import Answer, Said
from financehub.companies import access
from financehub.core import clock
from financehub.core.errors import NotFound
from financehub.providers.telegram.keyboards import Button

ROWS_SHOWN = 10
CLOSED_SHOWN = 3
BACK = "-"


def answer(said: Said) -> Answer:
    """Every card; a single one in detail at once."""
    return _list(said)


def _list(said: Said, *, edits: bool = False) -> Answer:
    report = cards.report(said.company, reports.open_accounts(said.company))
    if not report.cards:
        return Answer.of(str(texts.BILLS_NONE))
    if len(report.cards) == 1:
        return _bill(report.cards[0], report.cards[0].open, edits=edits)
    parts = [str(texts.BILLS), *map(_summary, report.cards)]
    buttons = [
        [Button(saying.label(saying.plain_account_name(one.account)), data=f"fatura:{one.account.pk.hex}")]
        for one in report.cards
    ]
    return Answer.of("\n\n".join(parts), buttons, edits=edits)


def press(said: Said) -> Answer:
    """`<card>[:<month>]`: a bill in place of the list, `-` the list in place of a bill; without words, a list."""
    key, _, month = said.text.partition(":")
    if key in {"", BACK}:
        return _list(said, edits=key == BACK)
    accounts = {account.pk.hex: account for account in reports.open_accounts(said.company)}
    if key not in accounts:
        raise NotFound("There is no such card.")
    card = cards.statement(said.company, accounts[key])
    return _bill(card, card.sheet_of(_month(month)) if month else card.open, edits=True)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NotFound("There is no such bill.") from None


def _summary(card: CardStatement) -> str:
    lines = [f"<b>{saying.account_name(card.account)}</b>", _open(card)]
    lines += [_closed(card, sheet) for sheet in card.waiting]
    return "\n".join(lines)


def _open(card: CardStatement) -> str:
    sheet = card.open
    return str(texts.BILL_OPEN).format(
        amount=_amount(card, sheet.so_far_cents),
        closes=saying.day(sheet.cycle.closes),
        due=saying.day(sheet.cycle.due),
    )


def _closed(card: CardStatement, sheet: BillSheet) -> str:
    words = texts.BILL_CLOSED if sheet.cycle.due < clock.today() else texts.BILL_WAITING
    line = str(words).format(
        month=texts.MONTHS[sheet.month.month],
        amount=_amount(card, sheet.total_cents),
        state=BILL_STATES[sheet.state],
        due=saying.day(sheet.cycle.due),
    )
    left = str(texts.BILL_LEFT).format(amount=_amount(card, sheet.left_cents))
    return f"{line}\n{left}" if sheet.left_cents else line


def _bill(card: CardStatement, sheet: BillSheet, *, edits: bool = False) -> Answer:
    title = str(texts.BILL_TITLE).format(
        card=saying.account_name(card.account), month=texts.MONTHS[sheet.month.month]
    )
    lines = [title, _open(card) if sheet is card.open else _closed(card, sheet)]
    if sheet is card.open:
        lines += [_closed(card, one) for one in card.waiting]
        lines += _limit(card)
    rows = sorted(sheet.rows, key=lambda one: (one.row.day, one.row.id), reverse=True)
    if rows:
        lines += ["", str(texts.BILL_ROWS), *(_line(card, one) for one in rows[:ROWS_SHOWN])]
    if len(rows) > ROWS_SHOWN:
        page = access.page_in(card.account.company_id, f"/cartoes/{card.account.pk}")
        link = saying.esc(saying.address(page))
        lines.append(str(texts.BILL_MORE).format(count=len(rows) - ROWS_SHOWN, link=link))
    return Answer.of("\n".join(lines), _buttons(card, sheet), edits=edits)


def _limit(card: CardStatement) -> list[str]:
    free, limit = card.account.available_limit_cents, card.account.credit_limit_cents
    if free is None or limit is None:
        return []
    return [str(texts.BILL_LIMIT).format(free=_amount(card, free), limit=_amount(card, limit))]


def _line(card: CardStatement, one: PlacedRow) -> str:
    row = one.row
    parcel = f" {row.installment[0]}/{row.installment[1]}" if row.installment else ""
    mark = texts.PENDING_MARK if row.is_pending else ""
    words = saying.esc(row.description)
    return f"{mark}{saying.day(row.day)} {words}{parcel}  <b>{_amount(card, row.debt_cents)}</b>"


def _amount(card: CardStatement, cents: int) -> str:
    return saying.amount(cents, card.account.currency)


def _buttons(card: CardStatement, shown: BillSheet) -> list[list[Button]]:
    key = card.account.pk.hex
    sheets = [card.open, *card.closed[:CLOSED_SHOWN]]
    months = [
        Button(saying.label(str(texts.MONTHS[sheet.month.month])), data=f"fatura:{key}:{sheet.month:%Y-%m}")
        for sheet in sheets
        if sheet is not shown
    ]
    return [months, [Button(str(common.BACK), data=f"fatura:{BACK}")]]
