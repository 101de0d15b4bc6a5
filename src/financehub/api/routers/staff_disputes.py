"""Disputes of every company, for the staff: evidence by one person, sending and accepting by a second."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import File, Form, Query, Router, UploadedFile

from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest
from financehub.api.pagination import PageOut
from financehub.api.routers.staff_billing import RowsIn, StepOut
from financehub.api.shapes import In, Out
from financehub.api.staff import staff
from financehub.billing import disputing, evidence, overseeing, story
from financehub.billing.models import Dispute

router = Router(tags=["staff: disputes"])


class DisputeOut(Out):
    """A contested payment. Evidence texts by Stripe's names; `stagedAt` is what a submission must have seen."""

    id: UUID
    company: str
    stripe_id: str
    status: str
    reason: str
    amount_cents: int
    moved_cents: int
    due_at: datetime | None
    submissions: int
    staged_at: datetime | None
    is_proposed_to_accept: bool
    evidence: dict[str, str]
    files: dict[str, str]
    story: list[StepOut] = []

    @classmethod
    def of(cls, row: Dispute) -> Self:
        return cls(
            id=row.pk,
            company=row.company.name,
            stripe_id=row.stripe_id,
            status=row.status,
            reason=row.reason,
            amount_cents=row.amount_cents,
            moved_cents=row.moved_cents,
            due_at=row.due_at,
            submissions=row.submissions,
            staged_at=row.staged_at,
            is_proposed_to_accept=row.yielded_by is not None,
            evidence=evidence.texts_of(row),
            files={file.field: file.name for file in evidence.files_of(row)},
        )


class EvidenceIn(In):
    """Texts by Stripe's names; an empty text takes one away."""

    texts: dict[str, str]


class SubmissionIn(In):
    """The `stagedAt` of the evidence that this person looked at."""

    seen_at: datetime


@at(
    router,
    "GET",
    "/operations/disputes/",
    operation_id="list_disputes",
    auth=staff(),
    response=PageOut[DisputeOut],
)
def list_disputes(
    request: AuthedRequest,  # noqa: ARG001
    rows: Annotated[RowsIn, Query(...)],
) -> PageOut[DisputeOut]:
    """Newest first. `status` is answerable, open or closed."""
    page = overseeing.disputes(rows.wanted(), after=rows.after, limit=rows.limit)
    return PageOut[DisputeOut](results=[DisputeOut.of(row) for row in page.rows], next=page.next)


@at(
    router,
    "GET",
    "/operations/disputes/{id}/",
    operation_id="get_dispute",
    auth=staff(),
    response=DisputeOut,
)
def get_dispute(request: AuthedRequest, key: OurId) -> DisputeOut:  # noqa: ARG001
    """One with its story."""
    row = overseeing.dispute(key)
    shown = DisputeOut.of(row)
    shown.story = [StepOut.of(step) for step in story.of_dispute(row)]
    return shown


@at(
    router,
    "POST",
    "/operations/disputes/{id}/evidence/",
    operation_id="stage_evidence",
    auth=staff(),
    response=DisputeOut,
)
def stage_evidence(request: AuthedRequest, key: OurId, payload: EvidenceIn) -> DisputeOut:
    """Keep texts at Stripe, unsent. 409 `dispute_not_answerable`, 422 `evidence_invalid`."""
    caller, row = request.auth, overseeing.dispute(key)
    done = evidence.stage(dispute=row, evidence=payload.texts, person=caller.user.pk, by=caller.actor)
    return DisputeOut.of(done)


@at(
    router,
    "POST",
    "/operations/disputes/{id}/files/",
    operation_id="attach_evidence",
    auth=staff(),
    response=DisputeOut,
)
def attach_evidence(
    request: AuthedRequest, key: OurId, field: Annotated[str, Form()], file: Annotated[UploadedFile, File()]
) -> DisputeOut:
    """Give a PDF, PNG or JPEG to Stripe as this piece of evidence, unsent."""
    caller, row = request.auth, overseeing.dispute(key)
    if (file.size or 0) > evidence.LARGEST_FILE:
        raise evidence.EvidenceInvalid(field=field)
    upload = evidence.Upload(file.name or "", file.read())
    done = evidence.attach(dispute=row, field=field, upload=upload, person=caller.user.pk, by=caller.actor)
    return DisputeOut.of(done)


@at(
    router,
    "POST",
    "/operations/disputes/{id}/submission/",
    operation_id="submit_evidence",
    auth=staff(),
    response=DisputeOut,
)
def submit_evidence(request: AuthedRequest, key: OurId, payload: SubmissionIn) -> DisputeOut:
    """Send what another person staged: once, for good. 403 `second_person_needed`, 409 `evidence_changed`."""
    caller, row = request.auth, overseeing.dispute(key)
    person, by = caller.user.pk, caller.actor
    return DisputeOut.of(disputing.submit(dispute=row, person=person, by=by, seen_at=payload.seen_at))


@at(
    router,
    "POST",
    "/operations/disputes/{id}/acceptance-proposal/",
    operation_id="propose_acceptance",
    auth=staff(),
    response=DisputeOut,
)
def propose_acceptance(request: AuthedRequest, key: OurId) -> DisputeOut:
    """Say that this loss should be taken; another person does it."""
    caller, row = request.auth, overseeing.dispute(key)
    return DisputeOut.of(disputing.propose_to_accept(dispute=row, person=caller.user.pk, by=caller.actor))


@at(
    router,
    "POST",
    "/operations/disputes/{id}/acceptance/",
    operation_id="accept_dispute",
    auth=staff(),
    response=DisputeOut,
)
def accept_dispute(request: AuthedRequest, key: OurId) -> DisputeOut:
    """Take the loss that another person proposed to take: for good. 403 `second_person_needed`."""
    caller, row = request.auth, overseeing.dispute(key)
    return DisputeOut.of(disputing.accept(dispute=row, person=caller.user.pk, by=caller.actor))
