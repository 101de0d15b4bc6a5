"""The stories of billing, by their files."""

from pathlib import Path

STORIES = Path(__file__).parent / "stories"


def names() -> list[str]:
    """Every story, sorted."""
    return sorted(file.stem for file in STORIES.glob("*.yaml"))
