"""What every handler of Stripe's events reads of its notices: ids, and what became of each."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from financehub.webhooks.notices import Answer, Effect, Handler, Notice, as_text

Notices = Sequence[Notice]

NOBODYS = Effect(ignored_because="nobody's here")


def about(notice: Notice) -> Mapping[str, object]:
    """The object that the event tells of, as it was then."""
    data = notice.body.get("data")
    found = data.get("object") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def before(notice: Notice) -> Mapping[str, object]:
    """What was different about it before, where the event tells that."""
    data = notice.body.get("data")
    found = data.get("previous_attributes") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def ids(notices: Notices, field: str = "id") -> list[str]:
    """What the notices name under `field`, each once, in their order."""
    named = (as_text(about(notice).get(field)) for notice in notices)
    return [one for one in dict.fromkeys(named) if one]


def each(notices: Notices, field: str, act: Callable[[str], object]) -> Effect:
    """Act once on every id under `field`; the effect is of the company whose rows came back."""
    companies = [found for one in ids(notices, field) if (found := company(act(one)))]
    return Effect(companies[-1]) if companies else NOBODYS


def company(row: object) -> UUID | None:
    """Whose row it is."""
    found = vars(row).get("company_id") if row is not None else None
    return found if isinstance(found, UUID) else None


def rows(test: str, handle: Handler, effect: str, truth: str, *names: str) -> dict[str, Answer]:
    """One answer under every `prefix: deed deed` that `names` give."""
    spelled = (name.partition(": ")[::2] for name in names)
    return {
        f"{prefix}.{deed}": Answer(handle, effect, truth, test)
        for prefix, deeds in spelled
        for deed in deeds.split()
    }
