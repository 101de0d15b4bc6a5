"""Doing a task of the staff: what its kind asks for, by one click."""

from financehub.audit.recording import Actor
from financehub.billing import overseeing, reviewing, suspecting, tasking
from financehub.billing.models import StaffTask
from financehub.core.errors import Invalid

Kind = StaffTask.Kind


class AnswerNeeded(Invalid):
    """A fraud warning is either given back or left."""

    code = "answer_needed"


def decide(*, task: StaffTask, by: Actor, gives_back: bool | None = None) -> StaffTask:
    """Approve the review, decide the fraud warning, or say that it is done.

    Raises AnswerNeeded, TaskClosed, ReviewOver, WarningSettled, StripeCallFailed.
    """
    if task.closed_at is not None:
        raise tasking.TaskClosed
    if task.kind == Kind.REVIEW and (review := overseeing.review_of(task)):
        reviewing.approve(review=review, by=by)
    elif task.kind == Kind.WARNING and (warning := overseeing.warning_of(task)):
        if gives_back is None:
            raise AnswerNeeded(field="givesBack")
        suspecting.decide(warning=warning, gives_back=gives_back, by=by)
    else:
        tasking.close_task(task, outcome="done", by=by)
    return overseeing.task(task.pk)
