"""Disputes of every company: the case, its deadline, evidence by one person, and what only a second one may do."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from financehub.billing import disputing, evidence, overseeing, story
from financehub.billing.models import Dispute
from financehub.companies.models import User
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.web.operations.billing import staff, texts
from financehub.web.requests import PageRequest, actor


@require_safe
@staff.staff_only
def disputes(request: PageRequest) -> HttpResponse:
    """By group and company, with the tasks that wait for a person above."""
    try:
        found = overseeing.disputes(staff.wanted(request), after=request.GET.get("depois"))
    except Invalid:
        return redirect("staff-disputes")
    context = {
        "lines": [_line(row) for row in found.rows],
        "next": found.next,
        "statuses": texts.DISPUTE_GROUPS.items(),
        "tasks": [(task, texts.TASKS[task.kind]) for task in overseeing.tasks()],
    }
    return staff.listing(request, "disputes", context)


@require_safe
@staff.staff_only
def dispute(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """The case with the evidence so far."""
    row = overseeing.dispute(dispute_id)
    known = evidence.texts_of(row)
    people = User.objects.in_bulk([one for one in (row.staged_by, row.yielded_by) if one])
    context = {
        "line": _line(row),
        "texts": [
            (field, texts.EVIDENCE[field], known.get(field, ""), field in evidence.SHORT)
            for field in evidence.TEXTS
        ],
        "file_fields": [(field, texts.EVIDENCE[field]) for field in evidence.FILES],
        "files": [(one, texts.EVIDENCE[one.field]) for one in evidence.files_of(row)],
        "staged_by": people.get(row.staged_by) if row.staged_by else None,
        "yielded_by": people.get(row.yielded_by) if row.yielded_by else None,
        "may_submit": row.staged_by is not None and row.staged_by != request.user.pk,
        "may_accept": row.yielded_by is not None and row.yielded_by != request.user.pk,
        "seen_at": row.staged_at.isoformat() if row.staged_at else "",
        "steps": texts.told(story.of_dispute(row)),
    }
    return staff.page(request, "dispute", context)


@require_POST
@staff.staff_only
def stage(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Keep the texts of the form at Stripe, unsent."""
    row = overseeing.dispute(dispute_id)
    known = evidence.texts_of(row)
    given = {field: request.POST.get(field, "").replace("\r\n", "\n").strip() for field in evidence.TEXTS}
    changed = {field: text for field, text in given.items() if text != known.get(field, "")}

    def deed() -> Dispute:
        return evidence.stage(dispute=row, evidence=changed, person=request.user.pk, by=actor(request))

    if changed:
        staff.tried(request, deed, "staged")
    return redirect("staff-dispute", dispute_id)


@require_POST
@staff.staff_only
def attach(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Give a file to Stripe as one piece of the evidence, unsent."""
    row, file = overseeing.dispute(dispute_id), request.FILES.get("arquivo")

    def deed() -> Dispute:
        if file is None or file.size is None or file.size > evidence.LARGEST_FILE:
            raise evidence.EvidenceInvalid
        upload = evidence.Upload(file.name or "", file.read())
        field, person = request.POST.get("campo", ""), request.user.pk
        return evidence.attach(dispute=row, field=field, upload=upload, person=person, by=actor(request))

    staff.tried(request, deed, "attached")
    return redirect("staff-dispute", dispute_id)


@require_POST
@staff.staff_only
def submit(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Send to the bank what another person staged."""
    row = overseeing.dispute(dispute_id)

    def deed() -> Dispute:
        seen = _moment(request.POST.get("visto", ""))
        return disputing.submit(dispute=row, person=request.user.pk, by=actor(request), seen_at=seen)

    staff.tried(request, deed, "submitted")
    return redirect("staff-dispute", dispute_id)


def _moment(text: str) -> datetime:
    """Raises EvidenceChanged for what no page of ours sends."""
    try:
        return clock.parse(text)
    except ValueError:
        raise disputing.EvidenceChanged from None


@require_POST
@staff.staff_only
def propose(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Say that the loss should be taken."""
    row = overseeing.dispute(dispute_id)
    staff.tried(
        request,
        lambda: disputing.propose_to_accept(dispute=row, person=request.user.pk, by=actor(request)),
        "proposed",
    )
    return redirect("staff-dispute", dispute_id)


@require_POST
@staff.staff_only
def accept(request: PageRequest, dispute_id: UUID) -> HttpResponse:
    """Take the loss that another person proposed to take."""
    row = overseeing.dispute(dispute_id)
    staff.tried(
        request,
        lambda: disputing.accept(dispute=row, person=request.user.pk, by=actor(request)),
        "accepted",
    )
    return redirect("staff-dispute", dispute_id)


def _line(row: Dispute) -> dict[str, object]:
    is_answerable = row.status in disputing.ANSWERABLE and row.due_at is not None and row.due_at > clock.now()
    return {
        "row": row,
        "status": texts.DISPUTES.get(row.status, row.status),
        "tone": texts.DISPUTE_TONES.get(row.status, ""),
        "reason": texts.DISPUTE_REASONS.get(row.reason, row.reason),
        "is_answerable": is_answerable,
    }
