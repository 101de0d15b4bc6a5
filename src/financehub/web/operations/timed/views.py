"""What runs by time, as the staff sees it: how it went, when it comes again, and running it now."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from financehub.core import clock
from financehub.core.words import Words
from financehub.timetable import asking, entries, health, reports
from financehub.timetable.entries import Entry
from financehub.timetable.models import TaskRun
from financehub.timetable.reports import Line
from financehub.web.operations.billing.staff import staff_only
from financehub.web.operations.timed import texts
from financehub.web.requests import PageRequest, actor


@dataclass(frozen=True)
class Shown:
    """A task, or a run of it, in words."""

    entry: Entry
    line: Line | None
    run: TaskRun | None
    status: Words
    tone: str

    @property
    def title(self) -> str:
        return texts.title(self.entry)

    @property
    def does(self) -> str:
        return texts.does(self.entry)

    @property
    def when(self) -> str:
        return texts.when(self.entry.when)

    @property
    def spread(self) -> str:
        parts = self.entry.parts
        return str(texts.SPREAD_OVER).format(parts.window.seconds // 60) if parts else ""

    @property
    def result(self) -> str:
        return texts.result(self.run) if self.run else ""

    @property
    def trigger(self) -> str:
        return str(texts.TRIGGERS[TaskRun.Trigger(self.run.trigger)]) if self.run else ""

    @property
    def run_now(self) -> str:
        return str(texts.PAGE["run_now_of"]).format(self.title)


@require_safe
@staff_only
def tasks(request: PageRequest) -> HttpResponse:
    """Every line of the table, and whether the machinery lives."""
    state = health.look()
    status, tone = texts.HEALTH[state.status]
    shown = [_line(line) for line in reports.lines(clock.now())]
    context = {"lines": shown, "state": state, "health": status, "tone": tone, "t": texts.PAGE}
    return render(request, "web/operations/timed_tasks.html", context)


@require_safe
@staff_only
def task(request: PageRequest, name: str) -> HttpResponse:
    """One task with its latest runs."""
    entry = entries.entry(name)
    line = next(line for line in reports.lines(clock.now()) if line.entry == entry)
    runs = [_run(entry, run) for run in reports.runs_of(name)]
    context = {"one": _line(line), "runs": runs, "t": texts.PAGE}
    return render(request, "web/operations/timed_task.html", context)


@require_POST
@staff_only
def run(request: PageRequest, name: str) -> HttpResponse:
    """Run it now, unless it runs."""
    try:
        asking.run_now(name=name, by=actor(request))
    except asking.TaskIsRunning:
        messages.info(request, str(texts.IS_RUNNING))
    else:
        messages.success(request, str(texts.ASKED))
    return redirect("staff-timed-tasks")


def _line(line: Line) -> Shown:
    status, tone = texts.STATUSES[TaskRun.Status(line.last.status)] if line.last else texts.NEVER
    if line.is_waiting and not line.is_running:
        status, tone = texts.WAITING
    return Shown(line.entry, line, line.last, status, tone)


def _run(entry: Entry, run: TaskRun) -> Shown:
    return Shown(entry, None, run, *texts.STATUSES[TaskRun.Status(run.status)])
