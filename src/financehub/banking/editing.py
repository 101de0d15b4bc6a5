"""What a person sets on a transaction, beside what the bank said and never overwritten by it."""

from dataclasses import dataclass

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking.models import Transaction
from financehub.core import clock, events
from financehub.core.errors import Invalid

LONGEST_NOTE = 4000
MOST_TAGS = 20


@dataclass(frozen=True)
class Edit:
    """The wanted values; None leaves a field as it is, an empty value clears it."""

    category_id: str | None = None
    description: str | None = None
    note: str | None = None
    tags: list[str] | None = None
    is_ignored: bool | None = None

    def changes(self) -> dict[str, object]:
        """Columns to write. Raises Invalid."""
        if self.note is not None and len(self.note) > LONGEST_NOTE:
            raise Invalid("the note is too long", field="note")
        if self.tags is not None and len(self.tags) > MOST_TAGS:
            raise Invalid("too many tags", field="tags")
        wanted = {
            "own_category_id": self.category_id,
            "own_description": self.description,
            "own_note": self.note,
            "own_tags": self.tags,
        }
        changes: dict[str, object] = {
            name: value or None for name, value in wanted.items() if value is not None
        }
        if self.is_ignored is not None:
            changes["is_ignored"] = self.is_ignored
        return changes


def edit(*, row: Transaction, edit: Edit, by: Actor) -> Transaction:
    """Apply a person's edit; the audit row says which fields, never their content."""
    changes = edit.changes()
    if not changes:
        return row
    with transaction.atomic():
        rows = Transaction.objects.of(row.company_id).filter(pk=row.pk)
        rows.update(**changes, edited_at=clock.now())
        target = Target("transaction", row.pk, {"fields": ",".join(sorted(changes))})
        record("company.transaction_edited", by=by, on=target, company_id=row.company_id)
        events.publish(row.company_id, "transactions", row.account_id)
    row.refresh_from_db()
    return row
