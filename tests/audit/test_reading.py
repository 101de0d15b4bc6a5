"""Reading the trail page by page shows every row once, the newest first, and only one company's."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from financehub.audit.models import AuditLog
from financehub.audit.reading import page
from financehub.core.errors import Invalid
from financehub.core.ids import new_id

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def rows_at(company_id: UUID, *moments: datetime) -> list[AuditLog]:
    return [
        AuditLog.objects.create(
            company_id=company_id,
            actor_kind="system",
            action="company.renamed",
            object_kind="company",
            object_id=str(company_id),
            created_at=moment,
        )
        for moment in moments
    ]


def test_pages_join_without_a_gap_even_when_rows_share_their_moment() -> None:
    company_id = new_id()
    written = rows_at(company_id, *[MOMENT] * 3, *[MOMENT.replace(minute=minute) for minute in (1, 2)])
    first = page(company_id=company_id, limit=2)
    second = page(company_id=company_id, after=first.next, limit=2)
    third = page(company_id=company_id, after=second.next, limit=2)
    shown = [row.id for part in (first, second, third) for row in part.rows]
    expected = sorted(written, key=lambda row: (row.created_at, row.id), reverse=True)
    assert shown == [row.id for row in expected]
    assert third.next is None


def test_another_company_is_not_shown() -> None:
    mine, other = new_id(), new_id()
    (row,) = rows_at(mine, MOMENT)
    rows_at(other, MOMENT)
    assert [found.id for found in page(company_id=mine).rows] == [row.id]


@pytest.mark.parametrize("mark", ["", "yesterday", "2026-03-01T12:00:00+00:00_7"])
def test_a_mark_that_is_not_ours_is_refused(mark: str) -> None:
    with pytest.raises(Invalid):
        page(company_id=new_id(), after=mark)
