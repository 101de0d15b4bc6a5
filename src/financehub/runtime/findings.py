"""What a check-up found: one line each, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is; a note needs no action."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is what a person should do, empty when nothing."""

    subject: str
    level: Level
    detail: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<8}{self.subject:<10} {self.detail}"
        return f"{line}\n{'':<19}-> {self.advice}" if self.advice else line


def ok(subject: str, detail: str) -> Finding:
    """It works."""
    return Finding(subject, Level.OK, detail)


def note(subject: str, detail: str, advice: str = "") -> Finding:
    """It works, and there is something worth knowing."""
    return Finding(subject, Level.NOTE, detail, advice)


def problem(subject: str, detail: str, advice: str) -> Finding:
    """It does not work until somebody does as advised."""
    return Finding(subject, Level.PROBLEM, detail, advice)


def exit_code(findings: Iterable[Finding]) -> int:
    """1 when there is a problem."""
    return int(any(finding.level is Level.PROBLEM for finding in findings))
