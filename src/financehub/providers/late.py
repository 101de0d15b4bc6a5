"""A vendor's library that is imported at its first use.

Each process of an installation that never calls that vendor is spared it: python-telegram-bot takes 13 MB, stripe
with requests 8.
"""

from importlib import import_module
from typing import Any


class LateModule:
    """Stands for the module of that name, but for the type checker, which is told of the real one."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
