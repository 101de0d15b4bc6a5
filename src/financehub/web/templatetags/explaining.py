"""Template filters: the words of causes, evidence and quotas."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import template

from financehub.banking.quotas.ledger import Line
from financehub.web.explaining import texts

register = template.Library()


@register.filter
def cause_title(code: str) -> str:
    """The name of a cause."""
    return str(texts.cause(code).title)


@register.filter
def cause_step(code: str) -> str:
    """What to do about it."""
    return str(texts.cause(code).step)


@register.filter
def hint_words(code: str) -> str:
    """What the evidence is."""
    return str(texts.hint(code))


@register.filter
def quota_words(name: str) -> str:
    """What a limit is about."""
    return str(texts.quota(name))


@register.filter
def of_item(lines: Mapping[UUID, Sequence[Line]], item_id: UUID) -> Sequence[Line]:
    """The limits of one connection."""
    return lines.get(item_id, ())
