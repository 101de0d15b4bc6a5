"""The lookup of words, as each database runs it."""

import pytest
from tests.builders import make_transaction

from financehub.banking.models import SearchedRow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ("pad", True),
        ("pad est", True),
        ("pad x", False),
        ("_mine", True),
        ("_mi", False),
        ("padarias", False),
    ],
)
def test_every_word_begins_one_and_a_marked_one_is_whole(wanted: str, is_found: bool) -> None:
    row = SearchedRow.objects.create(transaction=make_transaction(), words="_mine padaria estrela")
    assert list(SearchedRow.objects.filter(words__say=wanted)) == ([row] if is_found else [])
    assert str(row) == f"SearchedRow {row.pk}"
