"""Webhook secrets that are old enough to be changed; looked for every day by the clock."""

import structlog

from financehub.core.clock import SAO_PAULO
from financehub.notifications import operators
from financehub.notifications.telling import Words
from financehub.webhooks import door_keys
from financehub.webhooks.door_keys import MATURE, SecretAge
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

log = structlog.get_logger()


def mature() -> list[SecretAge]:
    """Active secrets past their time that no newer one replaces yet; each is told once in every such time."""
    active = [age for source in (PLUGGY, STRIPE) for age in door_keys.ages(source)]
    found = [age for age in active if age.is_mature and age.expires_at is None]
    for age in found:
        log.warning("webhook_secret_is_old", source=age.source, created_at=age.created_at.isoformat())
        _tell(age)
    return found


def _tell(age: SecretAge) -> None:
    words: Words = {
        "vendor": age.source.capitalize(),
        "source": age.source,
        "days": age.periods * MATURE.days,
        "day": age.created_at.astimezone(SAO_PAULO).strftime("%d/%m/%Y"),
    }
    operators.tell("webhook_secret_old", key=f"{age.id}:{age.periods}", words=words)
