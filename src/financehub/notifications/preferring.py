"""What a person wants to hear on which channel: the kind's default unless the person chose otherwise."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from financehub.companies.models import User
from financehub.core.errors import Invalid
from financehub.notifications.kinds import FOR_PEOPLE, KINDS, PERSONAL, Kind
from financehub.notifications.models import ChannelBlock, Preference
from financehub.notifications.models.deliveries import Channel


def channels_of(person: User, kind: Kind) -> frozenset[Channel]:
    """The channels this kind takes to this person now; one that refused for good is left out."""
    chosen = _chosen(Preference.objects.filter(person=person, kind=kind.name)).get(kind.name, {})
    return _effective(kind, chosen) - blocked(person)


def is_open(person: User, kind: Kind, channel: Channel) -> bool:
    """Whether this channel may still be used: the person has not switched it off for the kind, nor its provider."""
    off = Preference.objects.filter(person=person, kind=kind.name, channel=channel, is_on=False)
    return channel not in blocked(person) and not (kind.may_choose(channel) and off.exists())


def blocked(person: User) -> frozenset[Channel]:
    """Channels that are off because their provider refused this person for good."""
    return frozenset(
        Channel(channel)
        for channel in ChannelBlock.objects.filter(person=person).values_list("channel", flat=True)
    )


def table_of(person: User) -> dict[str, frozenset[Channel]]:
    """Kind by kind, the channels that are on, blocks aside: what the preferences page shows."""
    chosen = _chosen(Preference.objects.filter(person=person))
    return {kind.name: _effective(kind, chosen.get(kind.name, {})) for kind in FOR_PEOPLE}


@transaction.atomic
def prefer(*, person: User, kind: str, channel: str, is_on: bool) -> None:
    """Keep a choice. Raises Invalid for what is no kind or channel, and for what may not be switched off."""
    known = KINDS.get(kind)
    if known is None or channel not in PERSONAL:
        raise Invalid("There is no such kind or channel", field="kind" if known is None else "channel")
    if not is_on and not known.may_choose(Channel(channel)):
        raise Invalid("This may not be switched off", field="channel")
    Preference.objects.update_or_create(person=person, kind=kind, channel=channel, defaults={"is_on": is_on})


@transaction.atomic
def prefer_all(*, person: User, choices: Mapping[tuple[str, str], bool]) -> None:
    """Keep many choices at once, by (kind, channel). Raises Invalid like `prefer`, and then keeps none."""
    current = table_of(person)
    for (kind, channel), is_on in choices.items():
        if kind not in current or (channel in current[kind]) != is_on:
            prefer(person=person, kind=kind, channel=channel, is_on=is_on)


def _chosen(rows: Iterable[Preference]) -> dict[str, dict[Channel, bool]]:
    chosen: dict[str, dict[Channel, bool]] = {}
    for row in rows:
        chosen.setdefault(row.kind, {})[Channel(row.channel)] = row.is_on
    return chosen


def _effective(kind: Kind, chosen: dict[Channel, bool]) -> frozenset[Channel]:
    return frozenset(
        channel
        for channel in PERSONAL
        if (chosen.get(channel, channel in kind.channels) or not kind.may_choose(channel))
    )
