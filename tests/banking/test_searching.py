"""Search by words, the same on every database, and true whichever way a row was written."""

import re
import unicodedata
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.banking.stories import Bank
from tests.builders import make_account, make_company, make_transaction

from financehub.audit.recording import SYSTEM
from financehub.banking import editing, searching
from financehub.banking.editing import Edit
from financehub.banking.identity import rebinding
from financehub.banking.models import Account, SearchedRow, Transaction
from financehub.companies.models import Company

ALPHABET = "aábcçdeéoõuABCÇÉOÕ019 .-/*'\"_%\\"
TEXTS = st.text(alphabet=ALPHABET, max_size=16)


@pytest.fixture
def account(bakery: Company) -> Account:
    return make_account(company=bakery)


def found(company: Company, text: str) -> set[str]:
    rows = Transaction.objects.of(company).filter(searching.says(text, company.pk))
    return set(rows.values_list("description", flat=True))


def plain_words(text: str) -> list[str]:
    """What a person sees as words, in another way than the product: accents off, then runs of letters and digits."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", bare)


def begin_words(asked: list[str], text: str) -> bool:
    words = plain_words(text)
    return all(any(word.startswith(part) for word in words) for part in asked)


@given(rows=st.lists(TEXTS, min_size=1, max_size=6), query=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_finds_exactly_the_rows_of_which_every_word_begins_a_word(
    account: Account, bakery: Company, rows: list[str], query: str
) -> None:
    """Each database is compared with the same plain reading, so both give the same answers."""
    wanted = [
        word for word in query.split() if not searching.CENTS.match(word) and not searching.REAIS.match(word)
    ]
    asked = [part for word in wanted for part in plain_words(word)]
    with transaction.atomic():
        for text in rows:
            make_transaction(account=account, description=text, amount_cents=-1)
        expected = {
            text
            for text in rows
            if asked and all(any(it.startswith(part) for it in plain_words(text)) for part in asked)
        }
        assert found(bakery, " ".join(wanted)) == expected
        transaction.set_rollback(True)


@pytest.mark.parametrize("text", ["São João", "SAO JOAO", "joão", "jo são", "Joa\u0303o", "São-João"])
def test_accents_capitals_and_signs_do_not_matter(account: Account, bakery: Company, text: str) -> None:
    make_transaction(
        account=account,
        description="Padaria S\u00e3o Joa\u0303o's" if text == "joao's" else "Padaria São João",
    )
    make_transaction(account=account, description="Santos")
    assert len(found(bakery, text)) == 1


def test_the_start_of_a_word_is_enough_and_the_middle_is_not(account: Account, bakery: Company) -> None:
    make_transaction(account=account, description="SUPERMERCADO BOM PRECO")
    assert found(bakery, "superm pre") == {"SUPERMERCADO BOM PRECO"}
    assert found(bakery, "mercado") == set()


def test_letters_of_other_alphabets_are_found(account: Account, bakery: Company) -> None:
    make_transaction(account=account, description="ресторан Москва")
    assert found(bakery, "моск") == {"ресторан Москва"}


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("49,90", {-4990}),
        ("49.90", {-4990}),
        ("49", {-4990, 4900}),
        ("1.234", {123456}),
        ("1.234,56", {123456}),
        ("4", set()),
    ],
)
def test_an_amount_is_found_to_the_cent_or_by_its_reais(
    account: Account, bakery: Company, text: str, cents: set[int]
) -> None:
    for amount in (-4990, 4900, 123456, -4899):
        make_transaction(account=account, amount_cents=amount, description="loja")
    rows = Transaction.objects.of(bakery).filter(searching.says(text, bakery.pk))
    assert set(rows.values_list("amount_cents", flat=True)) == cents


@pytest.mark.parametrize("text", ["%", "*", '"', "a OR b", "NOT x", "loja) OR (", "_", "' | 'x", ":*", "\\"])
def test_signs_of_a_query_language_are_no_commands(account: Account, bakery: Company, text: str) -> None:
    make_transaction(account=account, description="Loja")
    assert found(bakery, text) == set()


def test_another_companys_rows_are_not_found(account: Account, bakery: Company) -> None:
    make_transaction(account=make_account(company=make_company()), description="Padaria")
    make_transaction(account=account, description="Padaria nossa")
    assert found(bakery, "padaria") == {"Padaria nossa"}
    assert found(bakery, bakery.pk.hex[:6]) == set()


def test_a_document_in_a_note_is_in_no_index(account: Account, bakery: Company) -> None:
    make_transaction(account=account, own_note="CPF 529.982.247-25 da Ana")
    assert found(bakery, "ana") == {"Padaria"}
    assert not any(
        "529" in words or "982" in words for words in SearchedRow.objects.values_list("words", flat=True)
    )


class TestWhateverWroteARow:
    """The triggers, one way of writing after the other: a migration that loses them fails here."""

    def test_a_sync_of_a_bank_is_found_at_once(self, synced_bank: Bank) -> None:
        rows = Transaction.objects.of(synced_bank.company)
        word = next(part for part in plain_words(rows.first().description) if len(part) > 3)  # type: ignore[union-attr]
        expected = {
            row.pk
            for row in rows
            if any(
                it.startswith(word)
                for text in (row.description, row.counterparty_name, row.merchant_name)
                for it in plain_words(text or "")
            )
        }
        assert (
            set(rows.filter(searching.says(word, synced_bank.company.pk)).values_list("pk", flat=True))
            == expected
        )
        assert SearchedRow.objects.count() == rows.count()

    def test_a_person_edits(self, account: Account, bakery: Company) -> None:
        row = make_transaction(account=account)
        assert found(bakery, "aniversario") == set()
        editing.edit(row=row, edit=Edit(note="Aniversário"), by=SYSTEM)
        assert found(bakery, "aniversario") == {"Padaria"}
        editing.edit(row=row, edit=Edit(note=""), by=SYSTEM)
        assert found(bakery, "aniversario") == set()

    def test_rows_are_made_saved_and_updated_in_bulk(self, account: Account, bakery: Company) -> None:
        one = make_transaction(account=account, description="um")
        copy = rebinding.copy_of(one, key=uuid4(), created_at=one.created_at)
        copy.pluggy_id, copy.description = uuid4(), "dois"
        Transaction.objects.bulk_create([copy])
        assert found(bakery, "dois") == {"dois"}
        one.description = "tres"
        rebinding.write([one])
        assert (found(bakery, "um"), found(bakery, "tres")) == (set(), {"tres"})
        Transaction.objects.of(bakery).update(description="quatro")
        assert found(bakery, "quatro") == {"quatro"}
        assert len(SearchedRow.objects.all()) == 2

    def test_a_row_that_goes_leaves_no_words(self, account: Account, bakery: Company) -> None:
        row = make_transaction(account=account)
        searching.catch_up()
        Transaction.objects.of(bakery).filter(pk=row.pk).delete()
        assert (SearchedRow.objects.count(), found(bakery, "padaria")) == (0, set())

    def test_what_changes_no_word_is_not_noted(self, account: Account, bakery: Company) -> None:
        make_transaction(account=account)
        searching.catch_up()
        Transaction.objects.of(bakery).update(amount_cents=-1, description="Padaria")
        assert searching.catch_up() == 0


def test_what_was_noted_is_done_once(account: Account) -> None:
    for _ in range(3):
        make_transaction(account=account)
    assert (searching.catch_up(), searching.catch_up()) == (3, 0)


def test_what_was_written_and_taken_back_is_not_there(account: Account, bakery: Company) -> None:
    with transaction.atomic():
        make_transaction(account=account, description="fantasma")
        transaction.set_rollback(True)
    assert found(bakery, "fantasma") == set()
