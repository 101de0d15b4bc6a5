"""What a vendor's event is before it is a row: its names, its body, and who says it is real."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


def as_uuid(value: object) -> UUID | None:
    """The value as an id, or None when it is anything else."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_text(value: object) -> str:
    """The value when it is text, else nothing."""
    return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Notice:
    """The names in an event. `external_id` is empty when the sender gave none; `body` is only a hint."""

    type: str
    external_id: str
    object_key: str
    body: Mapping[str, object]
    vendor_at: datetime | None = None

    def id_of(self, field: str) -> UUID | None:
        """The id under `field`, when it is one."""
        return as_uuid(self.body.get(field))

    def ids_of(self, field: str) -> list[UUID]:
        """The ids in the list under `field`; what is no id is left out."""
        listed = self.body.get(field)
        found = [as_uuid(value) for value in listed] if isinstance(listed, list) else []
        return [value for value in found if value is not None]


Headers = Mapping[str, str]
Secrets = Sequence[str]


@dataclass(frozen=True)
class Source:
    """A vendor's way of knocking. `refusal_status` answers a forgery; a shut door answers 404.

    `proving` gives the one of the secrets that the sender proves to know, `is_fresh` checks a signed time,
    `fault_of` says what is malformed, `oddity_of` why a well-formed event must wait for a person,
    `fingerprint` identifies the content of a body, and `addresses` are the senders' networks, empty for any.
    """

    name: str
    refusal_status: int
    settings_secrets: Callable[[], Secrets]
    addresses: Callable[[], Sequence[str]]
    proving: Callable[[Headers, bytes, Secrets], str | None]
    is_fresh: Callable[[Headers, datetime], bool]
    read: Callable[[Mapping[str, object]], Notice]
    fault_of: Callable[[Notice, datetime], str]
    oddity_of: Callable[[Notice, datetime], str]
    fingerprint: Callable[[bytes, Notice], str]


@dataclass(frozen=True)
class Effect:
    """What handling came to: done for a company, left alone with the reason, or waiting for a person.

    `may_resolve`: our own row may just not be written yet, so look again a few times before asking a person.
    """

    company_id: UUID | None = None
    ignored_because: str = ""
    parked_because: str = ""
    may_resolve: bool = False


# A handler gets every waiting notice of one object that it answers, oldest first, and does its work once.
# One that is `is_local` may get notices of many objects, and answers each of them.
Handler = Callable[[Sequence[Notice]], Effect | Sequence[Effect]]


@dataclass(frozen=True)
class Answer:
    """What we do with one type of event. `truth` says where the state comes from, `test` who proves it.

    `is_local`: nothing is read at the vendor, so the events of many objects are handled in one pass.
    """

    handle: Handler
    effect: str
    truth: str
    test: str
    is_ignored: bool = False
    is_local: bool = False
