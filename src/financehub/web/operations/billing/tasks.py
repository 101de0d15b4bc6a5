"""What waits for a person of the staff, done by a click."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from financehub.billing import deciding, overseeing
from financehub.web.operations.billing import staff
from financehub.web.requests import PageRequest, actor

GIVES_BACK = {"devolver": True, "manter": False}


@require_POST
@staff.staff_only
def close(request: PageRequest, task_id: UUID) -> HttpResponse:
    """What the button said: approve a review, give a warned payment back or leave it, or simply done."""
    task, answer = overseeing.task(task_id), GIVES_BACK.get(request.POST.get("resposta", ""))
    staff.tried(
        request, lambda: deciding.decide(task=task, by=actor(request), gives_back=answer), "task_done"
    )
    return redirect("staff-disputes")
