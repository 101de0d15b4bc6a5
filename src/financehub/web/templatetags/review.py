"""Template filters of the review queue: reasons and questions in words."""

from collections.abc import Sequence

from django import template

from financehub.web.reviewing import texts

register = template.Library()


@register.filter
def reasons(codes: Sequence[str]) -> str:
    """Why, as a list of words; a code without words is left out."""
    return ", ".join(str(texts.REASONS[code]) for code in codes if code in texts.REASONS)


@register.filter
def question(kind: str) -> str:
    """What is asked."""
    return str(texts.QUESTIONS[kind])


@register.filter
def question_hint(kind: str) -> str:
    """What led to the question."""
    return str(texts.HINTS[kind])


@register.filter
def outcome(status: str) -> str:
    """How a case ended."""
    return str(texts.OUTCOMES[status])
