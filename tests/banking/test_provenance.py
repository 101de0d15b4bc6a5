"""Where a transaction comes from, in order."""

from datetime import datetime, timedelta

import pytest
from tests.builders import make_account, make_item, make_transaction

from financehub.audit.recording import Actor
from financehub.banking import editing, manual, provenance
from financehub.banking.models import Item, Sync
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def sync_at(item: Item, moment: datetime) -> Sync:
    return Sync.objects.create(
        company=item.company,
        item=item,
        status="SUCCEEDED",
        trigger="webhook",
        due_at=moment,
        requested_at=moment,
        started_at=moment,
    )


class TestTrail:
    def test_tells_which_sync_brought_changed_and_withdrew_a_row(self, bakery: Company) -> None:
        now, item = clock.now(), make_item(company=bakery)
        syncs = [sync_at(item, now - timedelta(hours=hours)) for hours in (3, 2, 1)]
        row = make_transaction(
            account=make_account(company=bakery, item=item),
            created_at=now - timedelta(hours=3),
            changed_at=now - timedelta(hours=2),
            withdrawn_at=now - timedelta(hours=1),
        )

        steps = provenance.trail(row)

        assert [(step.kind, step.sync) for step in steps] == list(
            zip(["seen", "changed", "withdrawn"], syncs, strict=True)
        )
        assert all(step.is_the_banks for step in steps)

    def test_tells_who_did_what_and_to_which_fields(self, bakery: Company, by_ana: Actor) -> None:
        row = make_transaction(account=make_account(company=bakery))
        editing.edit(row=row, edit=editing.Edit(note="troco", category_id="10000000"), by=by_ana)
        manual.delete_transaction(row=row, by=by_ana)
        manual.restore_transaction(row=row, by=by_ana)

        _, *deeds = provenance.trail(row)

        assert [(step.kind, step.who) for step in deeds] == [
            ("edited", "Ana"),
            ("deleted", "Ana"),
            ("restored", "Ana"),
        ]
        assert deeds[0].fields == ["own_category_id", "own_note"]

    def test_starts_a_manual_row_with_the_person_who_wrote_it(self, bakery: Company, by_ana: Actor) -> None:
        till = make_account(company=bakery, is_manual=True)
        row = manual.add_transaction(
            account=till, entry=manual.Entry(-100, clock.today(), "Feira"), by=by_ana
        )

        assert [(step.kind, step.who) for step in provenance.trail(row)] == [("added", "Ana")]

    def test_knows_no_sync_for_a_row_older_than_all_of_them(self, bakery: Company) -> None:
        row = make_transaction(account=make_account(company=bakery))

        assert provenance.trail(row)[0].sync is None
