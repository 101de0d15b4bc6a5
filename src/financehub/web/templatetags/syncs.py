"""Template filters: the words of receipts, consents and findings."""

from django import template

from financehub.banking.models import Sync
from financehub.web import texts
from financehub.web.syncs import texts as words

register = template.Library()

register.filter("product_words", words.product)


@register.filter
def sync_words(sync: Sync) -> str:
    """Where a sync stands."""
    return str(words.STATUSES[words.status(sync.status, is_retry=bool(sync.error_code))])


@register.filter
def sync_tone(sync: Sync) -> str:
    """The badge's tone for it."""
    return words.STATUS_TONES[words.status(sync.status, is_retry=bool(sync.error_code))]


@register.filter
def consent_words(state: str) -> str:
    """Where a permission stands."""
    return str(words.CONSENTS[state])


@register.filter
def renewal_words(outcome: str) -> str:
    """What came of an attempt to keep it."""
    return str(words.RENEWALS[outcome])


@register.filter
def action_words(action: str) -> str:
    """What happens after a problem."""
    return str(words.ACTIONS.get(action, action))


@register.filter
def schedule_words(schedule: str) -> str:
    """What the timers do meanwhile."""
    return str(words.SCHEDULES.get(schedule, ""))


@register.filter
def reason_words(reason: str) -> str:
    """Why a month was told."""
    return str(words.REASONS[reason])


@register.filter
def problem_words(code: str) -> str:
    """What a code of the vendor, or of ours, means."""
    return str(words.WARNINGS.get(code) or texts.advice_for(code).title)


@register.filter
def problem_step(code: str) -> str:
    """What to do about it."""
    return str(texts.advice_for(code).step)
