"""A sentence in the two languages of the product, and a pair of them: what happened and what to do."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Words:
    """One sentence in the two languages; printed in the active one."""

    pt: str
    en: str

    def __str__(self) -> str:
        return self.en if is_english() else self.pt

    def __bool__(self) -> bool:
        return bool(self.pt)


@dataclass(frozen=True)
class Advice:
    """What happened, and what to do about it."""

    title: Words
    step: Words


def is_english() -> bool:
    return (get_language() or "").startswith("en")


NOTHING = Words("", "")
