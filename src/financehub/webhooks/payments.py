"""Mirrored status of payments, boletos and smart transfers, until the payments capability reads them itself."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from financehub.companies.models import Company
from financehub.core import clock
from financehub.webhooks.models import PaymentMirror
from financehub.webhooks.notices import Notice, as_text

# The field that names the thing itself, and the one that names what it belongs to.
KINDS = {
    "payment_intent": ("paymentIntentId", "paymentRequestId"),
    "payment_request": ("paymentRequestId", ""),
    "scheduled_payment": ("scheduledPaymentId", "paymentRequestId"),
    "boleto": ("boletoId", ""),
    "automatic_pix_payment": ("automaticPixPaymentId", "paymentRequestId"),
    "smart_transfer_preauthorization": ("smartTransferPreauthorizationId", ""),
    "smart_transfer_payment": ("smartTransferPaymentId", "smartTransferPreauthorizationId"),
}
SERIES = {"all_created", "all_completed"}  # about the whole series: its id is the request's
UNKNOWN = "UPDATED"
# A status never goes back. Ends that exclude each other are ranked too, so that order of arrival decides nothing.
RANKS = {
    UNKNOWN: 0,
    "CREATED": 1,
    "ALL_CREATED": 1,
    "WAITING_PAYER_AUTHORIZATION": 2,
    "AUTHORIZED": 2,
    "ERROR": 3,
    "REJECTED": 3,
    "PAYMENT_REJECTED": 3,
    "CANCELED": 4,
    "COMPLETED": 5,
    "PAYMENT_COMPLETED": 5,
    "ALL_COMPLETED": 5,
}
OTHER_RANK = 1
LONGEST_STATUS = 40


def mirror(notice: Notice) -> PaymentMirror | None:
    """The row of what the notice is about, moved on if that is news; None when it names nothing."""
    kind, _, deed = notice.type.partition("/")
    own_field, parent_field = KINDS[kind]
    parent = notice.id_of(parent_field) if parent_field else None
    if deed in SERIES:
        kind, vendor_id = f"{kind}_series", parent
    else:
        vendor_id = notice.id_of(own_field)
    return _move_on(kind, vendor_id, parent, notice) if vendor_id else None


def mirror_all(notices: Sequence[Notice]) -> list[PaymentMirror]:
    """The rows of all of them."""
    return [row for notice in notices if (row := mirror(notice)) is not None]


def _move_on(kind: str, vendor_id: UUID, parent: UUID | None, notice: Notice) -> PaymentMirror:
    status = status_of(notice)
    rank, at = RANKS.get(status, OTHER_RANK), clock.now()
    row = PaymentMirror.objects.filter(kind=kind, vendor_id=vendor_id).first()
    if row is None:
        fresh = PaymentMirror(
            kind=kind,
            vendor_id=vendor_id,
            request_id=parent,
            company_id=_company_of(notice),
            status=status,
            rank=rank,
            changed_at=at,
        )
        try:
            with transaction.atomic():
                fresh.save(force_insert=True)
        except IntegrityError:
            row = PaymentMirror.objects.get(kind=kind, vendor_id=vendor_id)
        else:
            return fresh
    behind = PaymentMirror.objects.filter(pk=row.pk, rank__lt=rank, is_verified=False)
    behind.update(status=status, rank=rank, changed_at=at)
    return row


def status_of(notice: Notice) -> str:
    """What the event says: its own status field, else the deed in its name. Told, not read at the vendor."""
    data = notice.body.get("data")
    told = as_text(data.get("status")) if isinstance(data, dict) else ""
    told = told or as_text(notice.body.get("status")) or notice.type.partition("/")[2]
    return told.upper()[:LONGEST_STATUS]


def _company_of(notice: Notice) -> UUID | None:
    alias = notice.id_of("clientUserId")
    if alias is None:
        return None
    return Company.objects.filter(vendor_alias=alias).values_list("pk", flat=True).first()
