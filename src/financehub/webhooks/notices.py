"""What a vendor's event is before it is a row: its names, its body, and who says it is real."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID


def as_uuid(value: object) -> UUID | None:
    """The value as an id, or None when it is anything else."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Notice:
    """The names in an event. `external_id` is empty when the sender gave none; `body` is only a hint."""

    type: str
    external_id: str
    object_key: str
    body: Mapping[str, object]

    def id_of(self, field: str) -> UUID | None:
        """The id under `field`, when it is one."""
        return as_uuid(self.body.get(field))

    def ids_of(self, field: str) -> list[UUID]:
        """The ids in the list under `field`; what is no id is left out."""
        listed = self.body.get(field)
        found = [as_uuid(value) for value in listed] if isinstance(listed, list) else []
        return [value for value in found if value is not None]


@dataclass(frozen=True)
class Source:
    """A vendor's way of knocking. `refusal_status` answers a forgery; a shut door answers 404."""

    name: str
    refusal_status: int
    is_open: Callable[[], bool]
    is_authentic: Callable[[Mapping[str, str], bytes], bool]
    read: Callable[[Mapping[str, object]], Notice]


@dataclass(frozen=True)
class Effect:
    """What handling an event came to: done for a company, or left alone with the reason."""

    company_id: UUID | None = None
    ignored_because: str = ""


Handler = Callable[[Notice], Effect]
