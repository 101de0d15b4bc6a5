"""What the clock does for the inbox: offer what a lost message forgot, and keep the house tidy."""

from financehub.webhooks import counting, door_keys, offering, rotating, trimming
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE


def sweep() -> int:
    """Everything due; how many events were offered."""
    offered = offering.offer()
    counting.keep()
    for source in (PLUGGY, STRIPE):
        door_keys.note_settings(source)
    rotating.retire()
    trimming.trim()
    return offered
