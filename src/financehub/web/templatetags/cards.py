"""Template filters of the cards pages: words for states, rules, causes, charges and sources."""

from django import template

from financehub.banking.advice.texts import BILL_STATES
from financehub.web.cards import texts

register = template.Library()


@register.filter
def bill_state(state: str) -> str:
    """A bill's state in the language of the page."""
    return str(BILL_STATES[state])


@register.filter
def bill_tone(state: str) -> str:
    """The badge's tone for a bill's state."""
    return texts.STATE_TONES.get(state, "")


@register.filter
def rule_words(rule: str) -> str:
    """Why a row is on its bill."""
    return str(texts.RULES[rule])


@register.filter
def source_words(source: str) -> str:
    """Who tells of a payment."""
    return str(texts.SOURCES[source])


@register.filter
def cause_words(cause: str) -> str:
    """What explains a bill's difference."""
    return str(texts.CAUSES[cause])


@register.filter
def charge_words(kind: str) -> str:
    """A finance charge; a name nobody knows stays as it is."""
    return str(texts.CHARGES.get(kind, kind))


@register.filter
def sharing_words(why: str) -> str:
    """Why cards are taken to share a limit."""
    return str(texts.SHARING[why])
