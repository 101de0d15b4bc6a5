"""Figures of the inbox, computed from rows: what came, what became of it, how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db.models import Count, Q

from financehub.core import clock
from financehub.webhooks import counting
from financehub.webhooks.desks import DESKS, Desk
from financehub.webhooks.layers import SETTING_ASIDE
from financehub.webhooks.models import WebhookAlert, WebhookEvent, WebhookEventQuerySet

WINDOW = timedelta(hours=24)
SAMPLE = 10_000
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Figures:
    """`by_status` over all kept rows; seconds to handle of the last day's newest 10,000; ages in seconds.

    `refused` and `aside` are counts by source and layer: stored not at all, and stored but not run at once.
    """

    received: dict[str, int]
    by_status: dict[tuple[str, str], int]
    refused: dict[tuple[str, str], int]
    aside: dict[tuple[str, str], int]
    parked: int
    alerts: int
    oldest_open_seconds: float
    seconds_to_handle: dict[int, float]


def figures(rows: WebhookEventQuerySet | None = None) -> Figures:
    """Of all events, or of these."""
    rows = WebhookEvent.objects.all() if rows is None else rows
    counted = rows.values_list("source", "status").annotate(count=Count("pk")).order_by()
    by_status = {(source, status): count for source, status, count in counted}
    received: dict[str, int] = {}
    for (source, _), count in by_status.items():
        received[source] = received.get(source, 0) + count
    counted_layers = counting.totals()
    return Figures(
        received=received,
        by_status=by_status,
        refused={key: times for key, times in counted_layers.items() if key[1] not in SETTING_ASIDE},
        aside={key: times for key, times in counted_layers.items() if key[1] in SETTING_ASIDE},
        parked=rows.parked().count(),
        alerts=WebhookAlert.objects.filter(event__in=rows).count(),
        oldest_open_seconds=_oldest_open(rows),
        seconds_to_handle=_times(rows),
    )


def _oldest_open(rows: WebhookEventQuerySet) -> float:
    oldest = rows.open().order_by("received_at").values_list("received_at", flat=True).first()
    return (clock.now() - oldest).total_seconds() if oldest else 0.0


def _times(rows: WebhookEventQuerySet) -> dict[int, float]:
    done = rows.filter(handled_at__gte=clock.now() - WINDOW).order_by("-received_at")
    moments = done.values_list("handled_at", "vendor_at", "received_at")[:SAMPLE]
    seconds = sorted(
        (handled_at - (vendor_at or received_at)).total_seconds()
        for handled_at, vendor_at, received_at in moments
        if handled_at is not None
    )
    return {percent: percentile(seconds, percent) for percent in PERCENTILES}


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The value that `percent` of the ordered values do not exceed (nearest rank); 0 of nothing."""
    if not ordered:
        return 0.0
    return max(0.0, ordered[max(0, ceil(len(ordered) * percent / 100) - 1)])


@dataclass(frozen=True)
class Coverage:
    """One type of event: what we do with it, and how many came and were worked off."""

    event: str
    effect: str
    truth: str
    test: str
    is_ignored: bool
    received: int
    handled: int
    ignored: int
    failed: int


def coverage() -> dict[str, list[Coverage]]:
    """Every event each vendor can send, and every other type that came, with counters from rows."""
    return {name: _covered(name, desk) for name, desk in DESKS.items()}


def _covered(name: str, desk: Desk) -> list[Coverage]:
    counted = (
        WebhookEvent.objects.filter(source=name)
        .values_list("type")
        .annotate(
            received=Count("pk"),
            handled=Count("pk", filter=Q(status="handled")),
            ignored=Count("pk", filter=Q(status="ignored")),
            failed=Count("pk", filter=Q(status__in=["failed", "dead"])),
        )
        .order_by()
    )
    counts = {row[0]: row[1:] for row in counted}
    known = [
        Coverage(event, answer.effect, answer.truth, answer.test, answer.is_ignored, *_of(counts, event))
        for event, answer in desk.answers.items()
    ]
    others = sorted(set(counts) - set(desk.answers))
    return known + [_other(desk, event, counts) for event in others]


def _of(counts: dict[str, tuple[int, ...]], event: str) -> tuple[int, int, int, int]:
    received, handled, ignored, failed = counts.get(event, (0, 0, 0, 0))
    return received, handled, ignored, failed


def _other(desk: Desk, event: str, counts: dict[str, tuple[int, ...]]) -> Coverage:
    older = desk.older.get(event)
    effect = f"handled as {older}" if older else "unknown type: kept, ignored"
    return Coverage(event, effect, "-", "-", older is None, *_of(counts, event))
