"""Doors for Celery: names in, one call. A message may come twice, late or never; the rows decide."""

from datetime import datetime
from uuid import UUID

from celery import shared_task

from financehub.timetable import cleaning, running, spreading


@shared_task(name="timetable.run")
def run(*, entry: str, due_at: str) -> None:
    """Run the task of this name if this due time is still nobody's."""
    running.run_due(entry, datetime.fromisoformat(due_at))


@shared_task(name="timetable.run_part")
def run_part(*, part_id: str, ticket: str) -> None:
    """Do one part of a run if the ticket is still good."""
    spreading.run_part(UUID(part_id), ticket)


@shared_task(name="timetable.clean_up")
def clean_up() -> int:
    """Forget what is over."""
    return cleaning.clean_up()
