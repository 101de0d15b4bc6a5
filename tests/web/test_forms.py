"""What people type becomes exact values, or is refused."""

from datetime import date
from uuid import UUID

import pytest
from django import forms as django_forms
from django.http import QueryDict

from financehub.banking.listing import IN, NO_CATEGORY, TransactionFilter
from financehub.web import forms


class TestAmountField:
    @pytest.mark.parametrize(
        ("typed", "cents"),
        [
            ("1.234,56", 123_456),
            ("1234,5", 123_450),
            ("1234.56", 123_456),
            ("1.234", 123_400),
            ("1.234.567,89", 123_456_789),
            ("R$ 12", 1_200),
            ("0,01", 1),
            ("-7,00", -700),
            (" 10 ", 1_000),
            ("0.5", 50),
        ],
    )
    def test_reads_what_a_brazilian_types(self, typed: str, cents: int) -> None:
        assert forms.AmountField().clean(typed) == cents

    @pytest.mark.parametrize(
        "typed", ["muito", "1,234,56", "1.23.4", "12,345", "1e9", "NaN", "--5", "9" * 21]
    )
    def test_refuses_anything_else(self, typed: str) -> None:
        with pytest.raises(django_forms.ValidationError):
            forms.AmountField().clean(typed)

    def test_may_be_left_empty_only_when_optional(self) -> None:
        assert forms.AmountField(required=False).clean("") is None
        with pytest.raises(django_forms.ValidationError):
            forms.AmountField().clean("")


class TestEntryForm:
    @pytest.mark.parametrize(("direction", "cents"), [("in", 500), ("out", -500)])
    def test_signs_the_amount_by_its_direction(self, direction: str, cents: int) -> None:
        form = forms.EntryForm(
            {"description": "x", "amount": "-5", "direction": direction, "date": "14/03/2026", "category": ""}
        )

        assert form.is_valid()
        assert form.signed_cents() == cents
        assert form.cleaned_data["date"] == date(2026, 3, 14)

    def test_knows_only_the_vendors_categories(self) -> None:
        form = forms.EntryForm(
            {"description": "x", "amount": "5", "direction": "in", "date": "2026-03-14", "category": "1"}
        )

        assert list(form.errors) == ["category"]


class TestReadFilter:
    def test_reads_every_word_of_an_address(self) -> None:
        key = "00000000-0000-0000-0000-000000000001"
        query = QueryDict(
            f"conta={key}&conexao={key}&categoria=10000000&de=2026-03-01&ate=2026-03-02"
            "&situacao=pendente&sentido=entrada&busca=+pix+&ocultas=1"
        )

        assert forms.read_filter(query) == TransactionFilter(
            account_id=UUID(key),
            item_id=UUID(key),
            category_id="10000000",
            from_date=date(2026, 3, 1),
            to_date=date(2026, 3, 2),
            status="PENDING",
            direction=IN,
            text="pix",
            with_hidden=True,
        )

    def test_turns_a_month_into_its_first_and_last_day(self) -> None:
        found = forms.read_filter(QueryDict("mes=2028-02"))

        assert (found.from_date, found.to_date) == (date(2028, 2, 1), date(2028, 2, 29))

    def test_knows_the_word_for_no_category(self) -> None:
        assert forms.read_filter(QueryDict("categoria=sem")).category_id == NO_CATEGORY

    def test_leaves_out_what_makes_no_sense(self) -> None:
        query = QueryDict("conta=1&categoria=x&mes=2026-13&de=ontem&situacao=x&sentido=x&conexao=%00")

        assert forms.read_filter(query) == TransactionFilter()
