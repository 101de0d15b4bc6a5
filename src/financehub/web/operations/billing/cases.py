"""Unpaid renewals of every company, and the story of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from financehub.billing import overseeing, story
from financehub.billing.models import DunningAttempt, DunningCase
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.web.operations.billing import staff, texts
from financehub.web.requests import PageRequest


@require_safe
@staff.staff_only
def cases(request: PageRequest) -> HttpResponse:
    """By status and company."""
    try:
        found = overseeing.cases(staff.wanted(request), after=request.GET.get("depois"))
    except Invalid:
        return redirect("staff-cases")
    context = {
        "lines": [_line(row) for row in found.rows],
        "next": found.next,
        "statuses": texts.CASES.items(),
    }
    return staff.listing(request, "cases", context)


@require_safe
@staff.staff_only
def case(request: PageRequest, case_id: UUID) -> HttpResponse:
    """What is owed, what was tried, what comes next, and what was said."""
    row = overseeing.case(case_id)
    attempts = DunningAttempt.objects.of(row.company_id).filter(case=row).order_by("created_at")
    context = {
        "line": _line(row),
        "attempts": [
            (one, texts.TRIGGERS.get(one.trigger, one.trigger), texts.OUTCOMES[one.outcome])
            for one in attempts
        ],
        "steps": texts.told(story.of_case(row)),
    }
    return staff.page(request, "case", context)


def _line(row: DunningCase) -> dict[str, object]:
    left = -((clock.now() - row.ends_at).days)
    return {
        "row": row,
        "status": texts.CASES[row.status],
        "tone": texts.CASE_TONES[row.status],
        "refusal": texts.REFUSED_AS[row.refusal],
        "days_left": max(0, left) if row.status == DunningCase.Status.OPEN else None,
    }
