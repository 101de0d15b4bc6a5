"""How often each layer refused or set aside: counted in the cache at the door, brought into rows by the sweep."""

from contextlib import suppress
from datetime import UTC

from django.core.cache import cache
from django.db.models import F, Sum

from financehub.core import clock
from financehub.webhooks.layers import LAYERS, SETTING_ASIDE
from financehub.webhooks.models import WebhookRefusal

KEPT_SECONDS = 7 * 24 * 3600
SOURCES = ("pluggy", "stripe")
COUNTED = (*LAYERS, *SETTING_ASIDE)


def count(source: str, layer: str) -> None:
    """One more; a flood of forgeries writes no rows."""
    key = _key(source, layer)
    if cache.add(key, 1, KEPT_SECONDS):
        return
    with suppress(ValueError):  # dropped by the cache in between
        cache.incr(key)


def keep() -> int:
    """Move what was counted into today's rows; how many in all."""
    day, moved = clock.now().astimezone(UTC).date(), 0
    for source in SOURCES:
        for layer in COUNTED:
            times = int(cache.get(_key(source, layer)) or 0)
            if times:
                cache.decr(_key(source, layer), times)
                row, _ = WebhookRefusal.objects.get_or_create(source=source, layer=layer, day=day)
                WebhookRefusal.objects.filter(pk=row.pk).update(count=F("count") + times)
                moved += times
    return moved


def totals() -> dict[tuple[str, str], int]:
    """By source and layer, ever: the rows and what is not yet in them."""
    stored = WebhookRefusal.objects.values_list("source", "layer").annotate(total=Sum("count"))
    found = {(source, layer): total for source, layer, total in stored}
    for source in SOURCES:
        for layer in COUNTED:
            waiting = int(cache.get(_key(source, layer)) or 0)
            if waiting:
                found[source, layer] = found.get((source, layer), 0) + waiting
    return found


def _key(source: str, layer: str) -> str:
    return f"webhook-refused:{source}:{layer}"
