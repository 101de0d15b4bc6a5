"""Who answers which event: one desk per vendor, and which events need nobody but us."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db.models import Q

from financehub.core import crypto
from financehub.webhooks.handlers import pluggy, stripe
from financehub.webhooks.models import SUSPECT, WebhookEvent
from financehub.webhooks.notices import Answer, Effect, Notice, Source
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

UNKNOWN_TYPE = "unknown type"
UNKNOWN = Answer(
    lambda _notices: Effect(ignored_because=UNKNOWN_TYPE),
    "kept, ignored",
    "-",
    "-",
    is_ignored=True,
    is_local=True,
)


@dataclass(frozen=True)
class Desk:
    """One vendor's events and what we do with them; `older` maps names that older integrations still send."""

    source: Source
    answers: Mapping[str, Answer]
    older: Mapping[str, str]
    tenant_of: Callable[[Notice], UUID | None]

    def answer_to(self, event_type: str) -> Answer:
        return self.answers.get(self.older.get(event_type, event_type), UNKNOWN)

    def knows(self, event_type: str) -> bool:
        return event_type in self.answers or event_type in self.older


DESKS = {
    PLUGGY.name: Desk(PLUGGY, pluggy.ANSWERS, pluggy.OLDER_NAMES, pluggy.tenant_of),
    STRIPE.name: Desk(STRIPE, stripe.ANSWERS, {}, stripe.tenant_of),
}

# Types whose handlers ask the vendor, and may be slow; the names of the two vendors never meet.
READING = frozenset(
    name
    for desk in DESKS.values()
    for name in (*desk.answers, *desk.older)
    if not desk.answer_to(name).is_local
)
BY_OBJECT = Q(type__in=READING) | SUSPECT  # all others are local: many objects are handled in one pass


def notice_of(event: WebhookEvent) -> Notice:
    """The stored body as its source reads it. Raises crypto.Undecipherable."""
    sealed = vars(event).get("sealed")
    text = event.body if sealed is None else crypto.unseal(sealed)
    body = msgspec.json.decode(text, type=dict[str, object])
    return DESKS[event.source].source.read(body)
