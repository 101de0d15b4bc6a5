"""Webhook secrets that are old enough to be changed; looked for every day by the clock."""

import structlog

from financehub.webhooks import door_keys
from financehub.webhooks.door_keys import SecretAge
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

log = structlog.get_logger()


def mature() -> list[SecretAge]:
    """Active secrets past their time that no newer one replaces yet."""
    active = [age for source in (PLUGGY, STRIPE) for age in door_keys.ages(source)]
    found = [age for age in active if age.is_mature and age.expires_at is None]
    for age in found:
        log.warning("webhook_secret_is_old", source=age.source, created_at=age.created_at.isoformat())
    return found
