"""/extrato: the last thirty days, by account and text, page by page, or as a file."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import msgspec

from financehub.banking import listing, reports
from financehub.banking.listing import TransactionFilter, TransactionPage
from financehub.banking.models import Transaction
from financehub.bot import saying
from financehub.bot.commands import statement_file, texts
from financehub.bot.memory import View
from financehub.bot.replies import Answer, Reply, Said
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.providers.telegram.keyboards import Button

DAYS = 30
PAGE_ROWS = 10
STEP = "extrato"
LONGEST_TEXT = 60
PATIENCE = timedelta(minutes=30)  # for the words to look for


def answer(said: Said) -> Answer:
    """The first page; words behind the command are looked for."""
    return _open(said, View(text=said.text[:LONGEST_TEXT].strip()))


def hear(said: Said) -> Answer:
    """The words that were asked for."""
    view = said.memory.views.get(said.memory.facts.get("view", ""), View())
    return _open(said, msgspec.structs.replace(view, text=said.text[:LONGEST_TEXT].strip(), cursors=[""]))


def press(said: Said) -> Answer:
    """A button under a list: `<deed>:<list>[:<what>]`; without words, a fresh list."""
    if not said.text:
        return _open(said, View())
    deed, _, rest = said.text.partition(":")
    key, _, what = rest.partition(":")
    view = said.memory.views.get(key)
    if view is None:
        return Answer(toast=str(texts.OLD_LIST))
    deeds: dict[str, Callable[[], Answer]] = {
        "p": lambda: _page(said, key, view, int(what or "0") if what.isdecimal() else 0),
        "a": lambda: _ask_account(said, key),
        "c": lambda: _of_account(said, key, view, what),
        "t": lambda: _ask_text(said, key),
        "x": lambda: _page(said, key, View(), 0),
        "f": lambda: _file(said, view),
    }
    return deeds[deed]() if deed in deeds else Answer(toast=str(texts.OLD_LIST))


def _open(said: Said, view: View) -> Answer:
    key = format(int(said.at.timestamp() * 1000) % 16**6, "06x")
    return _page(said, key, view, 0, edits=False)


def _page(said: Said, key: str, view: View, number: int, *, edits: bool = True) -> Answer:
    """One page in place of the one before; the cursors of the pages seen so far stay with the list."""
    number = min(number, len(view.cursors) - 1)
    filters = _filters(view)
    found = listing.page(
        company=said.company, filters=filters, after=view.cursors[number] or None, limit=PAGE_ROWS
    )
    cursors = view.cursors[: number + 1] + ([found.next] if found.next else [])
    memory = said.memory.abandoned().with_view(key, msgspec.structs.replace(view, cursors=cursors))
    reply = Reply(_text(said, view, found, number), _buttons(key, view, found, number), edits=edits)
    return Answer((reply,), memory)


def _filters(view: View) -> TransactionFilter:
    account_id = UUID(view.account_id) if view.account_id else None
    return TransactionFilter(
        account_id=account_id, from_date=_first_day(), to_date=clock.today(), text=view.text
    )


def _first_day() -> date:
    return clock.today() - timedelta(days=DAYS - 1)


def _text(said: Said, view: View, found: TransactionPage, number: int) -> str:
    totals = listing.totals(company=said.company, filters=_filters(view))
    lines = [
        str(texts.STATEMENT).format(first=saying.day(_first_day()), last=saying.day(clock.today())),
        *_filter_lines(said, view),
    ]
    if not found.rows:
        return "\n".join([*lines, "", str(texts.STATEMENT_NONE)])
    sums = {"into": saying.amount(totals.in_cents), "out": saying.amount(totals.out_cents)}
    lines.append(str(texts.STATEMENT_SUMS).format(**sums))
    lines += _days(found.rows)
    count = listing.filtered(said.company, _filters(view)).count()
    rows = saying.counted(count, texts.ONE_ROW, texts.MANY_ROWS)
    return "\n".join([*lines, "", str(texts.STATEMENT_PAGE).format(number=number + 1, rows=rows)])


def _filter_lines(said: Said, view: View) -> list[str]:
    lines = []
    if view.account_id:
        names = {str(one.pk): saying.account_name(one) for one in reports.open_accounts(said.company)}
        lines.append(str(texts.STATEMENT_OF).format(account=names.get(view.account_id, "?")))
    if view.text:
        lines.append(str(texts.STATEMENT_ABOUT).format(text=saying.esc(view.text)))
    return lines


def _days(rows: list[Transaction]) -> list[str]:
    lines: list[str] = []
    day = None
    for row in rows:
        if row.date != day:
            day = row.date
            lines += ["", f"<b>{saying.day(day)}</b>"]
        lines.append(_line(row))
    return lines


def _line(row: Transaction) -> str:
    mark = texts.PENDING_MARK if row.status == Transaction.Status.PENDING else ""
    ignored = str(texts.IGNORED) if row.is_ignored else ""
    amount = saying.amount(row.amount_cents, row.currency)
    return f"{mark}{saying.esc(row.shown_description)}  <b>{amount}</b>{ignored}"


def _buttons(key: str, view: View, found: TransactionPage, number: int) -> list[list[Button]]:
    turning = []
    if number:
        turning.append(Button(str(texts.PREVIOUS), data=f"extrato:p:{key}:{number - 1}"))
    if found.next:
        turning.append(Button(str(texts.NEXT), data=f"extrato:p:{key}:{number + 1}"))
    choosing = [
        Button(str(texts.BY_ACCOUNT), data=f"extrato:a:{key}"),
        Button(str(texts.BY_TEXT), data=f"extrato:t:{key}"),
    ]
    if found.rows:
        choosing.append(Button(str(texts.AS_FILE), data=f"extrato:f:{key}"))
    clear = [Button(str(texts.CLEAR), data=f"extrato:x:{key}")] if view.account_id or view.text else []
    return [turning, choosing, clear]


def _ask_account(said: Said, key: str) -> Answer:
    rows = [[Button(str(texts.ALL_ACCOUNTS), data=f"extrato:c:{key}:")]]
    rows += [
        [Button(saying.label(saying.plain_account_name(account)), data=f"extrato:c:{key}:{account.pk.hex}")]
        for account in reports.open_accounts(said.company)
    ]
    return Answer.of(str(texts.WHICH_ACCOUNT), rows, edits=True)


def _of_account(said: Said, key: str, view: View, what: str) -> Answer:
    """Only an account of the company: an id of anybody else's shows nothing."""
    known = {account.pk.hex: str(account.pk) for account in reports.open_accounts(said.company)}
    if what and what not in known:
        raise Invalid("no such account")
    return _page(said, key, View(account_id=known.get(what, ""), text=view.text), 0)


def _ask_text(said: Said, key: str) -> Answer:
    return Answer.of(
        str(texts.WHICH_TEXT), memory=said.memory.waiting(STEP, until=said.at + PATIENCE, view=key)
    )


def _file(said: Said, view: View) -> Answer:
    filters = _filters(view)
    made = statement_file.statement(said.company, filters)
    rows = saying.counted(made.rows, texts.ONE_ROW, texts.MANY_ROWS)
    days = {"first": saying.day(_first_day()), "last": saying.day(clock.today())}
    words = texts.FILE_CUT if made.was_cut else texts.FILE_READY
    return Answer((Reply(str(words).format(rows=rows, **days), file=made.file),))
