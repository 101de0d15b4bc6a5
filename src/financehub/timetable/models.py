"""Rows of the timetable: what is due when, what ran and how it ended, parts of a run, signs of life."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from financehub.core.ids import new_id
from financehub.core.states import StateMachine


class TimedTask(models.Model):
    """When a line of the table is due next. Whoever moves `due_at` on has the run, and nobody else."""

    name = models.CharField(primary_key=True, max_length=60)
    schedule = models.CharField(max_length=200)  # as it was when due_at was reckoned
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)  # when a message about this due_at went out
    asked_at = models.DateTimeField(null=True)  # a person wants it now
    skipped = models.IntegerField(default=0)  # was due while the run before still worked
    missed = models.IntegerField(
        default=0
    )  # was due while nothing was on, and is of a kind that lets that pass

    def __str__(self) -> str:
        return f"TimedTask {self.pk}"


class TaskRun(StateMachine):
    """One run. RUNNING while a worker holds its lease, SPREAD while parts of it are still to be done."""

    class Status(models.TextChoices):
        RUNNING = "RUNNING"
        SPREAD = "SPREAD"
        DONE = "DONE"
        FAILED = "FAILED"
        LOST = "LOST"  # its worker died

    class Trigger(models.TextChoices):
        CLOCK = "clock"
        LATE = "late"  # made up for
        PERSON = "person"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        "RUNNING": {"SPREAD", "DONE", "FAILED", "LOST"},
        "SPREAD": {"DONE", "FAILED"},
        "DONE": set(),
        "FAILED": set(),
        "LOST": set(),
    }
    OPEN = (Status.RUNNING, Status.SPREAD)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    trigger = models.CharField(max_length=8, choices=Trigger.choices)
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.IntegerField(null=True)  # how many, as its task counts
    error = models.CharField(max_length=200, blank=True)
    parts = models.IntegerField(default=0)
    parts_done = models.IntegerField(default=0)
    parts_failed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(status__in=["RUNNING", "SPREAD"]), name="one_open_run_per_task"
            )
        ]
        indexes = [models.Index(fields=["name", "-started_at"], name="runs_of_task")]

    def __str__(self) -> str:
        return f"TaskRun {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def seconds(self) -> float | None:
        """How long it took, None while it goes on."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


class TaskPart(models.Model):
    """One subject of a run that is still to be done; the row goes when it is. `ticket` names who may do it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(TaskRun, on_delete=models.CASCADE, related_name="open_parts")
    task = models.CharField(max_length=80)
    argument = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    ticket = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "subject"], name="one_part_per_subject")]
        indexes = [models.Index(fields=["run", "due_at"], name="parts_due")]

    def __str__(self) -> str:
        return f"TaskPart {self.pk}"


class Heartbeat(models.Model):
    """A process that says it lives: `beat`, or `worker` by its machine and number."""

    name = models.CharField(primary_key=True, max_length=120)
    kind = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Heartbeat {self.pk}"

    def age(self, now: datetime) -> float:
        """Seconds since it was last heard of; a clock set back makes nobody dead."""
        return abs((now - self.at).total_seconds())
