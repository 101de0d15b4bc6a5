"""Billing periods: steps of days, weeks, months and years from an anchor, in UTC, as the vendor counts them."""

import calendar
from datetime import UTC, datetime, timedelta

DAY = 86_400


def step(anchor: int, interval: str, count: int) -> int:
    """`count` intervals after the anchor; a 31st falls on the last day of a shorter month."""
    start = datetime.fromtimestamp(anchor, UTC)
    if interval in ("day", "week"):
        days = count * (7 if interval == "week" else 1)
        return int((start + timedelta(days=days)).timestamp())
    months = start.year * 12 + start.month - 1 + count * (12 if interval == "year" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return int(start.replace(year=year, month=month + 1, day=min(start.day, last)).timestamp())


def next_boundary(anchor: int, interval: str, count: int, after: int) -> int:
    """The first boundary of the anchor's rhythm that is later than `after`."""
    steps = 0 if anchor > after else 1
    while (moment := step(anchor, interval, steps * count)) <= after:
        steps += 1
    return moment


def share(amount: int, part: int, whole: int) -> int:
    """`amount` * part / whole in whole cents, half away from zero."""
    if whole <= 0:
        return 0
    twice = 2 * abs(amount) * part + whole
    rounded = twice // (2 * whole)
    return rounded if amount >= 0 else -rounded
