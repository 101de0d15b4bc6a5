"""Values as a chat shows them: escaped words, amounts, ages, days, and why something was refused."""

from datetime import date, datetime

from django.conf import settings

from financehub.banking.models import Account, Connector
from financehub.bot import texts
from financehub.core import clock, money
from financehub.core.errors import DomainError, LimitReached
from financehub.core.words import is_english
from financehub.providers.telegram.keyboards import Button
from financehub.providers.telegram.writing import escape_html

LONGEST_LABEL = 40
COUNTED = "bank_account"

esc = escape_html


def amount(cents: int, currency: str = "BRL") -> str:
    """`R$ 1.234,56` in either language: that is how banks here write it."""
    return esc(money.format_amount(cents, currency))


def age(moment: datetime | None) -> str:
    """How old a number is."""
    if moment is None:
        return str(texts.AGES["never"])
    name, count = clock.elapsed(moment)
    return str(texts.AGES[name]).format(count)


def day(value: date) -> str:
    """`26/11`, with the year when it is another one."""
    return f"{value:%d/%m}" if value.year == clock.today().year else f"{value:%d/%m/%Y}"


def hour(moment: datetime) -> str:
    """`14:32`, where the banks are."""
    return f"{moment.astimezone(clock.SAO_PAULO):%H:%M}"


def bank(connector: Connector | None) -> str:
    """A bank's name, escaped; nothing for an account kept by hand."""
    return esc(connector.name) if connector else ""


def account_name(account: Account) -> str:
    """`Nubank · Conta Corrente`, escaped."""
    return esc(plain_account_name(account))


def plain_account_name(account: Account) -> str:
    """The same for a button, which takes no markup."""
    connector = account.item.connector if account.item else None
    name = account.marketing_name or account.name
    return f"{connector.name} \N{MIDDLE DOT} {name}" if connector else name


def label(text: str, *, less: int = 0) -> str:
    """What fits on a button; `less`: letters that something else takes."""
    room = LONGEST_LABEL - less
    return text if len(text) <= room else text[: room - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def address(page: str) -> str:
    """One of our pages as a whole address."""
    return f"{settings.PUBLIC_URL}{page}"


def link_button(text: object, page: str) -> list[list[Button]]:
    """A row with a button to a page; none where Telegram would refuse it, because the address is not public."""
    return [[Button(str(text), url=address(page))]] if settings.IS_HTTPS else []


def refusal(error: DomainError) -> str:
    """Why not, in words, with the numbers of a plan or a quota."""
    if isinstance(error, LimitReached):
        return _limit(error)
    if error.code == "quota_spent":
        returns = date.fromisoformat(str(error.details["returns_on"]))
        return str(texts.QUOTA_SPENT).format(day=day(returns))
    return str(texts.REFUSALS.get(error.code, texts.TRY_LATER))


def _limit(error: LimitReached) -> str:
    details = error.details
    is_counted = details.get("deed") == COUNTED and details.get("limit")
    said = texts.LIMIT_COUNTED if is_counted else texts.LIMIT_OFF
    plan, link = details.get("suggested_plan"), address("/assinatura")
    then = texts.LIMIT_PLAN if plan else texts.LIMIT_SEE
    first = str(said).format(limit=details.get("limit"), current=details.get("current"))
    return f"{first}\n{str(then).format(plan=esc(str(plan)), link=esc(link))}"


def counted(number: int, one: tuple[str, str], many: tuple[str, str]) -> str:
    """`1 conta`, `3 accounts`: words as (Portuguese, English)."""
    words = one if number == 1 else many
    return f"{number} {words[1 if is_english() else 0]}"
