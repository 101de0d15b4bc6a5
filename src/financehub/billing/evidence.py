"""Evidence for a dispute: texts and files, staged at Stripe without being sent, until another person sends them."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, stripe_account
from financehub.billing.disputing import require_answerable
from financehub.billing.models import Dispute, EvidenceFile
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.providers.stripe.errors import StripeRefused

# What a subscription to software can show, in Stripe's names; the rest of its list is for parcels.
TEXTS = (
    "product_description",
    "customer_name",
    "customer_email_address",
    "billing_address",
    "customer_purchase_ip",
    "service_date",
    "access_activity_log",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "duplicate_charge_id",
    "duplicate_charge_explanation",
    "uncategorized_text",
)
SHORT = frozenset(
    {
        "customer_name",
        "customer_email_address",
        "customer_purchase_ip",
        "service_date",
        "duplicate_charge_id",
    }
)
FILES = (
    "receipt",
    "service_documentation",
    "customer_communication",
    "customer_signature",
    "cancellation_policy",
    "refund_policy",
    "duplicate_charge_documentation",
    "uncategorized_file",
)
LONGEST_TEXT, MOST_TEXT = 20_000, 150_000
LARGEST_FILE = 4_500_000  # bytes of one file; Stripe takes 5 MB
TYPES = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}


class EvidenceInvalid(Invalid):
    """An unknown field, too long a text, or a file that is no PDF, PNG or JPEG of at most 4.5 MB."""

    code = "evidence_invalid"


@dataclass(frozen=True)
class Upload:
    """A file as a person sends it."""

    name: str
    content: bytes


def texts_of(dispute: Dispute) -> dict[str, str]:
    """What was written so far, by Stripe's names."""
    return msgspec.json.decode(dispute.evidence, type=dict[str, str]) if dispute.evidence else {}


def stage(*, dispute: Dispute, evidence: dict[str, str], person: UUID, by: Actor) -> Dispute:
    """Keep these texts at Stripe without sending them; an empty text takes one away.

    Raises NotAnswerable, EvidenceInvalid, StripeCallFailed.
    """
    require_answerable(dispute)
    wanted = {field: text.strip() for field, text in evidence.items()}
    whole = {**texts_of(dispute), **wanted}
    _require_texts(whole)
    _stage(dispute, wanted, person)
    kept = {field: text for field, text in whole.items() if text}
    return _keep(dispute, person, by, {"fields": ",".join(sorted(wanted))}, kept)


def attach(*, dispute: Dispute, field: str, upload: Upload, person: UUID, by: Actor) -> Dispute:
    """Give a file to Stripe as this piece of evidence, in place of one before; nothing is sent to the bank yet.

    Raises NotAnswerable, EvidenceInvalid, StripeCallFailed.
    """
    require_answerable(dispute)
    _require_file(field, upload)
    row = EvidenceFile.objects.create(
        company_id=dispute.company_id,
        dispute=dispute,
        field=field,
        name=upload.name[-120:],
        size=len(upload.content),
        uploaded_by=person,
        created_at=clock.now(),
    )
    sent = f"{field}.{_ending(upload.name)}"  # a person's name for a file stays here
    made = stripe_account.account().upload_evidence(sent, upload.content, key=f"file:{row.pk}")
    EvidenceFile.objects.of(dispute.company_id).filter(pk=row.pk).update(stripe_id=made.id)
    _stage(dispute, {field: made.id}, person)
    return _keep(dispute, person, by, {"file": field}, texts_of(dispute))


def files_of(dispute: Dispute) -> list[EvidenceFile]:
    """The files that are part of the evidence: the last one of each field."""
    rows = EvidenceFile.objects.of(dispute.company_id).filter(dispute=dispute).exclude(stripe_id=None)
    return list({row.field: row for row in rows.order_by("created_at")}.values())


def _stage(dispute: Dispute, evidence: dict[str, str], person: UUID) -> None:
    """Who changes it is written down before Stripe has it: an answer that is lost must not let them send it alone."""
    params: dict[str, object] = {"evidence": evidence, "submit": False}
    rows, at = Dispute.objects.of(dispute.company_id).filter(pk=dispute.pk), clock.now()
    rows.update(staged_by=person, staged_at=at)
    try:
        with keying.stored_key(
            "dispute-stage", about=dispute.pk, company_id=dispute.company_id, params=params
        ) as key:
            stripe_account.account().update_dispute(dispute.stripe_id, params, key=key)
    except StripeRefused:  # nothing changed there
        before = {"staged_by": dispute.staged_by, "staged_at": dispute.staged_at}
        rows.filter(staged_by=person, staged_at=at).update(**before)
        raise


def _keep(
    dispute: Dispute,
    person: UUID,
    by: Actor,
    facts: dict[str, str | int | bool | None],
    texts: dict[str, str],
) -> Dispute:
    sealed = msgspec.json.encode(texts).decode()
    with transaction.atomic():
        own = Dispute.objects.of(dispute.company_id).filter(pk=dispute.pk)
        own.update(evidence=sealed, staged_by=person, staged_at=clock.now())
        target = Target("dispute", dispute.pk, facts)
        record("billing.evidence_staged", by=by, on=target, company_id=dispute.company_id)
    dispute.refresh_from_db()
    return dispute


def _require_texts(whole: dict[str, str]) -> None:
    unknown = sorted(set(whole) - set(TEXTS))
    too_long = [field for field, text in whole.items() if len(text) > LONGEST_TEXT]
    if unknown or too_long:
        raise EvidenceInvalid(field=(unknown + too_long)[0])
    if sum(map(len, whole.values())) > MOST_TEXT:
        raise EvidenceInvalid(field="evidence")


def _require_file(field: str, upload: Upload) -> None:
    start = TYPES.get(_ending(upload.name))
    if field not in FILES or start is None or not upload.content.startswith(start):
        raise EvidenceInvalid(field=field)
    if len(upload.content) > LARGEST_FILE:
        raise EvidenceInvalid(field=field)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
