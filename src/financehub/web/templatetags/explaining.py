"""Template filters: the words of causes, evidence and quotas."""

from django import template

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
