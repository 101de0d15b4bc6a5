"""The buttons under a notice of spending: its category, leaving it out of sums, splitting it later."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from financehub.banking import editing
from financehub.banking.editing import Edit
from financehub.banking.models import Transaction
from financehub.bot import saying
from financehub.bot.commands.settling import texts
from financehub.bot.replies import Answer, Said
from financehub.categories import tree as categories
from financehub.companies import access
from financehub.companies.permissions import Permission
from financehub.core.errors import Denied, NotFound
from financehub.providers.telegram.keyboards import Button

USUAL = 6  # categories that the company uses most, offered first
TWO = 2


def press(said: Said) -> Answer:
    """`<deed>:<row>[:<category>]`, the deeds of notifications.kinds and those of the lists that follow."""
    deed, _, rest = said.text.partition(":")
    key, _, what = rest.partition(":")
    row = _row(said, key)
    deeds: dict[str, Callable[[], Answer]] = {
        "category": lambda: _offer(row, _usual(row), with_more=True),
        "m": lambda: _offer(row, [branch.top.id for branch in categories.tree()], edits=True),
        "u": lambda: _below(said, row, what),
        "c": lambda: _categorise(said, row, what),
        "ignore": lambda: _ignore(said, row),
        "i": lambda: _count_again(said, row),
        "split": lambda: _split(said, row),
    }
    if deed not in deeds:
        raise NotFound
    return deeds[deed]()


def _row(said: Said, key: str) -> Transaction:
    """A row of any company in which the person may write: a notice may be about another than the chosen one."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound from None
    places = {place.company_id: place for place in access.memberships_of(said.person)}
    rows = Transaction.objects.across_companies().visible().filter(pk=wanted, company__in=places)
    row = rows.first()
    if row is None:
        raise NotFound
    if not places[row.company_id].may(Permission.WRITE):
        raise Denied(permission=Permission.WRITE.value)
    return row


def _usual(row: Transaction) -> list[str]:
    used = Transaction.objects.of(row.company_id).visible()
    shown = used.values(shown=Coalesce("own_category_id", "category_id")).annotate(count=Count("*"))
    found = [line["shown"] for line in shown.order_by("-count", "shown")]
    return [category for category in found if category and categories.exists(category)][:USUAL]


def _offer(row: Transaction, ids: list[str], *, with_more: bool = False, edits: bool = False) -> Answer:
    deed = "c" if with_more else "u"
    buttons = [
        Button(saying.label(categories.name_of(one)), data=f"n:{deed}:{row.pk.hex}:{one}") for one in ids
    ]
    rows = [buttons[place : place + TWO] for place in range(0, len(buttons), TWO)]
    if with_more:
        rows.append([Button(str(texts.MORE_CATEGORIES), data=f"n:m:{row.pk.hex}")])
    return Answer.of(str(texts.WHICH_CATEGORY).format(**_words(row)), rows, edits=edits)


def _below(said: Said, row: Transaction, top_id: str) -> Answer:
    """The categories under a top one, itself first; one without any is chosen at once."""
    branch = next((one for one in categories.tree() if one.top.id == top_id), None)
    if branch is None:
        raise NotFound
    if not branch.below:
        return _categorise(said, row, top_id)
    rows = [
        [Button(saying.label(one.name), data=f"n:c:{row.pk.hex}:{one.id}")]
        for one in (branch.top, *branch.below)
    ]
    return Answer.of(str(texts.WHICH_CATEGORY).format(**_words(row)), rows, edits=True)


def _categorise(said: Said, row: Transaction, category_id: str) -> Answer:
    if not categories.exists(category_id):
        raise NotFound
    editing.edit(row=row, edit=Edit(category_id=category_id), by=said.by)
    name = saying.esc(categories.name_of(category_id))
    return Answer.of(str(texts.CATEGORY_SET).format(category=name, **_words(row)), edits=True)


def _ignore(said: Said, row: Transaction) -> Answer:
    editing.edit(row=row, edit=Edit(is_ignored=True), by=said.by)
    undo = [[Button(str(texts.UNDO), data=f"n:i:{row.pk.hex}")]]
    return Answer.of(str(texts.IGNORED).format(**_words(row)), undo)


def _count_again(said: Said, row: Transaction) -> Answer:
    editing.edit(row=row, edit=Edit(is_ignored=False), by=said.by)
    return Answer.of(str(texts.COUNTED_AGAIN).format(**_words(row)), edits=True)


def _split(said: Said, row: Transaction) -> Answer:
    """A tag remembers it: the page Transactions filters by it."""
    tag, tags = str(texts.SPLIT_TAG), row.own_tags or []
    if tag not in tags:
        editing.edit(row=row, edit=Edit(tags=[*tags, tag]), by=said.by)
    link = saying.esc(saying.address(access.page_in(row.company_id, f"/transacoes/{row.pk}")))
    return Answer.of(str(texts.SPLIT).format(tag=tag, link=link, **_words(row)))


def _words(row: Transaction) -> dict[str, str]:
    return {
        "row": saying.esc(row.shown_description),
        "amount": saying.amount(abs(row.amount_cents), row.currency),
    }
