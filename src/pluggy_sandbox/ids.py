"""Every id and every throw of the dice comes from the seed, so a run can be repeated."""

import random
import uuid


class Ids:
    """Version 4 UUIDs drawn from a seeded generator."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"pluggy-sandbox:{seed}")

    def uuid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def position(self) -> object:
        """Where the dice stand: equal as long as nothing was drawn."""
        return self._random.getstate()


def is_uuid(text: object) -> bool:
    """True for the canonical, dashed form only, as Pluggy demands."""
    if not isinstance(text, str) or len(text) != 36:
        return False
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
