"""Template tags: money, ages, days, categories, icons, a bank's initials, sparklines."""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from financehub.banking.models import Connector
from financehub.categories import tree as categories
from financehub.core import money
from financehub.web import ages, charts, texts

register = template.Library()

register.filter("age", ages.age)
register.filter("due", ages.due)
register.filter("day_name", ages.day_name)
register.filter("short_day", ages.short_day)
register.filter("month_name", ages.month_name)
register.filter("category", categories.name_of)

DARK_INK, LIGHT_INK = "#13211c", "#ffffff"
NEUTRAL = "0b5c53"
HALF_BRIGHT = 150_000


@register.filter
def plain_amount(cents: int, currency: str = "BRL") -> str:
    """Cents as `R$ 1.234,56`, without a sign of its own."""
    return money.format_amount(cents, currency)


@register.simple_tag
def amount(cents: int | None, currency: str = "BRL", *, signed: bool = False) -> SafeString:
    """An amount that never breaks across lines; with `signed`, money in shows its plus."""
    if cents is None:
        return format_html('<span class="amount quiet">{}</span>', "-")
    is_in = signed and cents > 0
    text = ("+" if is_in else "") + money.format_amount(cents, currency)
    return format_html(
        '<span class="amount{}">{}</span>', " in" if is_in else "", text.replace(" ", "\N{NO-BREAK SPACE}")
    )


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """How long ago, with the exact time on hover."""
    if moment is None:
        return format_html("<span>{}</span>", ages.age(None))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), ages.due(moment), ages.age(moment)
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing of the sprite, silent for screen readers."""
    css = f"icon icon-{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("web/icons.svg"), name
    )


@register.simple_tag
def bank_mark(connector: Connector | None, name: str = "") -> SafeString:
    """A bank's initials on its colour, drawn here: no picture is fetched from anybody."""
    colour = (connector.primary_color if connector else "").lstrip("#")
    colour = colour if _is_colour(colour) else NEUTRAL
    return format_html(
        '<svg class="bank" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" fill="#{}"/>'
        '<text x="20" y="25.5" fill="{}">{}</text></svg>',
        colour,
        DARK_INK if _brightness(colour) > HALF_BRIGHT else LIGHT_INK,
        _initials(connector.name if connector else name),
    )


@register.simple_tag
def sparkline(values: Sequence[int]) -> SafeString:
    """The last days of a balance as a small line."""
    points = charts.spark_points(values)
    if not points:
        return mark_safe("")
    return format_html(
        '<svg class="spark" viewBox="0 0 880 280" preserveAspectRatio="none" aria-hidden="true">'
        '<polygon class="under" points="0,280 {} 880,280"/>'
        '<polyline points="{}" vector-effect="non-scaling-stroke"/></svg>',
        points,
        points,
    )


@register.filter
def state_words(state: str) -> str:
    """A connection's state in the language of the page."""
    return str(texts.STATES[state])


@register.filter
def state_tone(state: str) -> str:
    """The badge's tone for a connection's state."""
    return texts.STATE_TONES.get(state, "")


@register.filter
def trigger_words(trigger: str) -> str:
    """Why a sync ran."""
    return str(texts.TRIGGERS.get(trigger, trigger))


@register.filter
def deed_words(kind: str) -> str:
    """What happened to a transaction."""
    return str(texts.DEEDS[kind])


@register.filter
def field_words(names: Sequence[str]) -> str:
    """The names of edited fields."""
    return ", ".join(str(texts.FIELDS[name]) for name in names if name in texts.FIELDS)


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(letter in "0123456789abcdefABCDEF" for letter in text)


def _brightness(colour: str) -> int:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return 299 * red + 587 * green + 114 * blue


def _initials(name: str) -> str:
    words = [
        word for word in name.split() if word[0].isalnum() and word.lower() not in {"banco", "de", "do", "da"}
    ]
    if not words:
        return ""
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()
