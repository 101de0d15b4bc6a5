"""Mirrored status of payments, boletos and smart transfers, until the payments capability reads them itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection

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


# One statement for any number of rows. What was read at the vendor is not moved by what somebody told.
TABLE = PaymentMirror._meta.db_table
COLUMNS = "id, kind, vendor_id, request_id, company_id, status, rank, is_verified, changed_at"
MOVES = f"({TABLE}.rank, {TABLE}.status) < (excluded.rank, excluded.status) AND NOT {TABLE}.is_verified"
ONCE = f"""ON CONFLICT (kind, vendor_id) DO UPDATE SET
    status = CASE WHEN {MOVES} THEN excluded.status ELSE {TABLE}.status END,
    rank = CASE WHEN {MOVES} THEN excluded.rank ELSE {TABLE}.rank END,
    changed_at = CASE WHEN {MOVES} THEN excluded.changed_at ELSE {TABLE}.changed_at END,
    request_id = COALESCE({TABLE}.request_id, excluded.request_id),
    company_id = COALESCE({TABLE}.company_id, excluded.company_id)
    WHERE ({MOVES}) OR ({TABLE}.request_id IS NULL AND excluded.request_id IS NOT NULL)
    OR ({TABLE}.company_id IS NULL AND excluded.company_id IS NOT NULL)"""

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Telling:
    """What one notice says about one payment: `request_id` is what it belongs to, `alias` whose it is."""

    kind: str
    vendor_id: UUID
    request_id: UUID | None
    alias: UUID | None
    status: str

    @property
    def key(self) -> Key:
        return self.kind, self.vendor_id

    @property
    def rank(self) -> int:
        """How far that is; among equals the text decides, not the order of arrival."""
        return RANKS.get(self.status, OTHER_RANK)

    def and_then(self, other: "Telling") -> "Telling":
        """Both together: the further of the two, with whatever either knows."""
        further = max(self, other, key=lambda one: (one.rank, one.status))
        return replace(
            further,
            request_id=self.request_id or other.request_id,
            alias=self.alias or other.alias,
        )


def mirror_all(notices: Sequence[Notice]) -> list[PaymentMirror | None]:
    """For each notice the row of what it is about, moved on if that is news; None when it names nothing."""
    tellings = [_telling(notice) for notice in notices]
    news: dict[Key, Telling] = {}
    for one in filter(None, tellings):
        news[one.key] = news[one.key].and_then(one) if one.key in news else one
    if not news:
        return [None] * len(notices)
    _write(list(news.values()))
    stored = PaymentMirror.objects.filter(vendor_id__in=[vendor_id for _, vendor_id in news])
    rows = {(row.kind, row.vendor_id): row for row in stored}
    return [rows[one.key] if one else None for one in tellings]


def _telling(notice: Notice) -> Telling | None:
    kind, _, deed = notice.type.partition("/")
    own_field, parent_field = KINDS[kind]
    parent = notice.id_of(parent_field) if parent_field else None
    if deed in SERIES:
        kind, vendor_id = f"{kind}_series", parent
    else:
        vendor_id = notice.id_of(own_field)
    if vendor_id is None:
        return None
    return Telling(kind, vendor_id, parent, notice.id_of("clientUserId"), status_of(notice))


def _write(news: list[Telling]) -> None:
    at, companies = clock.now(), _companies_of({one.alias for one in news if one.alias})
    rows = [
        PaymentMirror(
            kind=one.kind,
            vendor_id=one.vendor_id,
            request_id=one.request_id,
            company_id=companies.get(one.alias) if one.alias else None,
            status=one.status,
            rank=one.rank,
            changed_at=at,
        )
        for one in sorted(news, key=lambda one: one.key)  # two workers wait for each other, never in a circle
    ]
    named = {field.column: field for field in PaymentMirror._meta.concrete_fields}
    fields = [named[column] for column in COLUMNS.split(", ")]
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields
    ]
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({COLUMNS}) VALUES {marks} {ONCE}", values)


def status_of(notice: Notice) -> str:
    """What the event says: its own status field, else the deed in its name. Told, not read at the vendor."""
    data = notice.body.get("data")
    told = as_text(data.get("status")) if isinstance(data, dict) else ""
    told = told or as_text(notice.body.get("status")) or notice.type.partition("/")[2]
    return told.upper()[:LONGEST_STATUS]


def _companies_of(aliases: set[UUID]) -> dict[UUID, UUID]:
    if not aliases:
        return {}
    return dict(Company.objects.filter(vendor_alias__in=aliases).values_list("vendor_alias", "pk"))
