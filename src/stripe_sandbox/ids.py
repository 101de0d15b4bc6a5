"""Ids like the vendor's: a prefix and random letters, the same for the same seed."""

import random
import string

_LETTERS = string.ascii_letters + string.digits


class Ids:
    """Makes ids and secrets from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(f"ids:{seed}")

    def make(self, prefix: str, length: int = 24) -> str:
        """`cus_` and random letters."""
        return f"{prefix}_{self.token(length)}"

    def token(self, length: int) -> str:
        return "".join(self._dice.choices(_LETTERS, k=length))

    def skip(self, mark: str) -> None:
        """Go on with other ids than before: some of this seed's are in use."""
        self._dice = random.Random(f"ids:{mark}")

    def digits(self, length: int) -> str:
        return "".join(self._dice.choices(string.digits, k=length))
