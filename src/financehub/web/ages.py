"""How old a number is, and when something is due, in a few words."""

from datetime import date, datetime, timedelta

from django.utils import formats, timezone

from financehub.core import clock
from financehub.web import texts

WEEK_OF_DAYS = 7
YEAR_LEFT_OUT = {"day": ("j M", "j M"), "long": (r"l, j \d\e F", "l, j F"), "month": (r"F \d\e Y", "F Y")}
YEAR_SAID = {"day": (r"j M Y", "j M Y"), "long": (r"j \d\e F \d\e Y", "j F Y"), "month": (r"F \d\e Y", "F Y")}


def age(moment: datetime | None) -> str:
    """Minutes, hours or days ago, in the words of texts.AGES; after a week the day itself."""
    if moment is None:
        return str(texts.AGES["never"])
    name, count = clock.elapsed(moment)
    if name == "days" and count >= WEEK_OF_DAYS:
        return short_day(timezone.localtime(moment).date())
    return str(texts.AGES[name]).format(count)


def due(moment: datetime | None) -> str:
    """Today at 14:30, tomorrow at 06:00, else the day with its hour; nothing for no time."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return str(texts.AGES["at"]).format(_near(local.date()) or short_day(local.date()), f"{local:%H:%M}")


def day_name(day: date) -> str:
    """A day as a heading: today, yesterday, or the weekday with its date."""
    near = _near(day)
    if near and day <= clock.today():
        return near.capitalize()
    name = _written(day, "long").replace("-feira", "")
    return name[:1].upper() + name[1:]


def short_day(day: date) -> str:
    """`12 nov`, with the year when it is another one."""
    return _written(day, "day")


def month_name(month: date) -> str:
    """`novembro de 2026`."""
    return _written(month, "month")


def _near(day: date) -> str:
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    name = names.get((day - clock.today()) // timedelta(days=1))
    return str(texts.AGES[name]) if name else ""


def _written(day: date, style: str) -> str:
    patterns = YEAR_LEFT_OUT if day.year == clock.today().year else YEAR_SAID
    portuguese, english = patterns[style]
    if texts.is_english():
        return formats.date_format(day, english)
    return formats.date_format(day, portuguese).lower()
