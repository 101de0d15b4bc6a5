"""Our own state machines: one table of transitions, one guarded UPDATE."""

from typing import ClassVar

from django.db import models

from financehub.core.errors import Conflict


class InvalidTransition(Conflict):
    """The row is no longer in a state from which this may happen."""

    code = "invalid_transition"


class StateMachine(models.Model):
    """A row whose status moves only along TRANSITIONS, safely when two workers try at once."""

    TRANSITIONS: ClassVar[dict[str, set[str]]]

    status = models.CharField(max_length=16)

    class Meta:
        abstract = True

    def move_to(self, target: str, **changes: object) -> None:
        """Guarded UPDATE to `target`. Raises InvalidTransition when somebody else was first."""
        if not self.try_move_to(target, **changes):
            raise InvalidTransition(f"{self} cannot become {target}")

    def try_move_to(self, target: str, **changes: object) -> bool:
        """The same, answering whether this caller won."""
        sources = [source for source, targets in self.TRANSITIONS.items() if target in targets]
        rows = type(self)._base_manager.filter(pk=self.pk, status__in=sources)
        won = bool(rows.update(status=target, **changes))
        if won:
            self.refresh_from_db()
        return won
