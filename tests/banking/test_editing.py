"""What a person sets lies beside what the bank said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import editing
from financehub.banking.editing import Edit
from financehub.banking.models import Transaction
from financehub.core import events
from financehub.core.errors import Invalid

TEXTS = st.none() | st.text(max_size=20)
EDITS = st.builds(
    Edit,
    category_id=TEXTS,
    description=TEXTS,
    note=TEXTS,
    tags=st.none() | st.lists(st.text(max_size=5), max_size=5),
    is_ignored=st.none() | st.booleans(),
)


@pytest.fixture
def row(db: None) -> Transaction:
    return make_transaction(description="PADARIA 123", category_id="11000000")


def test_the_bank_side_stays_as_it_was(row: Transaction, by_ana: Actor) -> None:
    wanted = Edit(category_id="08000000", description="Café", note="com Bia", tags=["fim de semana"])
    edited = editing.edit(row=row, edit=wanted, by=by_ana)
    assert (edited.shown_description, edited.shown_category_id) == ("Café", "08000000")
    assert (edited.description, edited.category_id) == ("PADARIA 123", "11000000")
    assert (edited.own_note, edited.own_tags) == ("com Bia", ["fim de semana"])


def test_an_empty_value_clears_what_was_set_and_the_banks_word_shows_again(
    row: Transaction, by_ana: Actor
) -> None:
    editing.edit(row=row, edit=Edit(category_id="08000000", description="Café", tags=["a"]), by=by_ana)
    cleared = editing.edit(row=row, edit=Edit(category_id="", description="", tags=[]), by=by_ana)
    assert (cleared.shown_description, cleared.shown_category_id) == ("PADARIA 123", "11000000")
    assert cleared.own_tags is None


def test_an_ignored_row_leaves_the_sums_and_comes_back(row: Transaction, by_ana: Actor) -> None:
    counted = Transaction.objects.of(row.company_id).counted()
    editing.edit(row=row, edit=Edit(is_ignored=True), by=by_ana)
    assert not counted.exists()
    editing.edit(row=row, edit=Edit(is_ignored=False), by=by_ana)
    assert counted.exists()


def test_the_audit_row_names_the_fields_and_never_their_content(row: Transaction, by_ana: Actor) -> None:
    editing.edit(row=row, edit=Edit(note="segredo", is_ignored=True), by=by_ana)
    log = AuditLog.objects.get(action="company.transaction_edited")
    assert log.facts == {"fields": "is_ignored,own_note"}


def test_an_edit_that_says_nothing_does_nothing(row: Transaction, by_ana: Actor) -> None:
    before = events.last_number(row.company_id)
    assert editing.edit(row=row, edit=Edit(), by=by_ana).edited_at is None
    assert events.last_number(row.company_id) == before


@pytest.mark.parametrize(
    ("edit", "field"), [(Edit(note="x" * 4001), "note"), (Edit(tags=["x"] * 21), "tags")]
)
def test_there_are_limits(row: Transaction, by_ana: Actor, edit: Edit, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        editing.edit(row=row, edit=edit, by=by_ana)
    assert refused.value.details == {"field": field}


@given(edit=EDITS)
def test_only_what_was_given_is_written(edit: Edit) -> None:
    given = {
        "own_category_id": edit.category_id,
        "own_description": edit.description,
        "own_note": edit.note,
        "own_tags": edit.tags,
        "is_ignored": edit.is_ignored,
    }
    changes = edit.changes()
    assert set(changes) == {name for name, value in given.items() if value is not None}
    assert all(changes[name] == (given[name] or None) for name in changes if name != "is_ignored")
