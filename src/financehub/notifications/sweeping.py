"""What the clock does for notifications: offer what is due."""

from financehub.notifications import delivering


def sweep() -> int:
    """Everything due; how many deliveries were offered."""
    return delivering.sweep()
