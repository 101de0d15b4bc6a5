"""A person's own page: kind by channel, quiet hours, digest time, the channels themselves, what did not arrive."""

from datetime import time
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from financehub.core.errors import Invalid
from financehub.notifications import (
    failures,
    linking,
    preferring,
    pushing,
    rhythm,
    switching,
    telegram_bot,
)
from financehub.notifications.kinds import FOR_PEOPLE, PERSONAL, Group, Kind
from financehub.notifications.models import ChannelBlock, Delivery
from financehub.notifications.models.deliveries import Channel
from financehub.web.notifications import texts
from financehub.web.requests import PageRequest, signed_in

ZONES = tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


@require_safe
@signed_in
def preferences(request: PageRequest) -> HttpResponse:
    """Everything a person can choose about being told."""
    person = request.user
    context = {
        "t": texts.PREFERENCES,
        "channels": [(channel, texts.CHANNELS[channel]) for channel in PERSONAL],
        "groups": _groups(preferring.table_of(person)),
        "rhythm": rhythm.of(person),
        "zones": ZONES,
        "blocks": ChannelBlock.objects.filter(person=person),
        "reason": {
            block.channel: texts.reason(block.reason) for block in ChannelBlock.objects.filter(person=person)
        },
        "chats": linking.chats_of(person),
        "has_telegram": telegram_bot.is_configured(),
        "browsers": pushing.browsers_of(person),
        "push_key": pushing.vapid().public_key if pushing.is_on() else "",
        "missed": [_missed(delivery) for delivery in failures.of_person(person)],
    }
    return render(request, "web/notifications/preferences.html", context)


@require_POST
@signed_in
def save_table(request: PageRequest) -> HttpResponse:
    """Every box of the table at once."""
    wanted = set(request.POST.getlist("on"))
    choices = {
        (kind.name, channel.value): f"{kind.name}:{channel}" in wanted
        for kind in FOR_PEOPLE
        for channel in PERSONAL
        if kind.may_choose(channel)
    }
    preferring.prefer_all(person=request.user, choices=choices)
    messages.success(request, str(texts.SAVED))
    return redirect("notification-preferences")


@require_POST
@signed_in
def save_rhythm(request: PageRequest) -> HttpResponse:
    """Zone, quiet hours and the time of the digest."""
    given = request.POST
    try:
        rhythm.keep(
            person=request.user,
            time_zone=given.get("time_zone", ""),
            quiet_from=_time(given.get("quiet_from", "")),
            quiet_until=_time(given.get("quiet_until", "")),
            digest_at=_time(given.get("digest_at", "")),
        )
    except (Invalid, ValueError):
        messages.error(request, str(texts.BAD_TIMES))
    else:
        messages.success(request, str(texts.SAVED))
    return redirect("notification-preferences")


@require_POST
@signed_in
def switch_on(request: PageRequest) -> HttpResponse:
    """Use a channel again that had refused."""
    if switching.switch_on(request.user, request.POST.get("channel", "")):
        messages.success(request, str(texts.ON_AGAIN))
    return redirect("notification-preferences")


def _groups(table: dict[str, frozenset[Channel]]) -> list[dict[str, object]]:
    return [
        {
            "name": texts.GROUPS[group],
            "kinds": [_row(kind, table[kind.name]) for kind in FOR_PEOPLE if kind.group == group],
        }
        for group in Group
    ]


def _row(kind: Kind, chosen: frozenset[Channel]) -> dict[str, object]:
    label = texts.KINDS[kind.name]
    return {
        "label": label,
        "boxes": [
            {
                "value": f"{kind.name}:{channel}",
                "on": channel in chosen,
                "locked": not kind.may_choose(channel),
                "channel": texts.CHANNELS[channel],
                "label": str(texts.PREFERENCES["by"]).format(label, texts.CHANNELS[channel]),
            }
            for channel in PERSONAL
        ],
    }


def _missed(delivery: Delivery) -> dict[str, object]:
    return {
        "row": delivery,
        "kind": texts.KINDS[delivery.notification.kind],
        "channel": texts.CHANNELS[delivery.channel],
        "status": texts.STATUSES[delivery.status],
        "tone": texts.TONES[delivery.status],
        "reason": texts.reason(delivery.reason),
    }


def _time(text: str) -> time:
    return time.fromisoformat(text)
