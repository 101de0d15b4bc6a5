"""What people type: filters in an address, entries by hand, edits; validation and nothing else."""

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from financehub.banking.listing import IN, NO_CATEGORY, OUT, TransactionFilter
from financehub.banking.models import AccountType, Transaction
from financehub.categories import tree as categories
from financehub.core import money
from financehub.web import texts

AMOUNT = re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?$|^\d+(?:\.\d{1,2})?$")
MONTH = re.compile(r"^(\d{4})-(\d{2})$")
LONGEST_SEARCH = 80
LONGEST_AMOUNT = 20  # keeps within 64-bit cents
STATUSES = {"lancada": Transaction.Status.POSTED, "pendente": Transaction.Status.PENDING}
DIRECTIONS = {"entrada": IN, "saida": OUT}
NO_CATEGORY_WORD = "sem"


class AmountField(forms.Field):
    """Cents from what a Brazilian types: `1.234,56`, `1234,5`, `R$ 12`, also `1234.56`."""

    def to_python(self, value: str | None) -> Any:
        text = (value or "").replace("R$", "").replace("\N{NO-BREAK SPACE}", " ").strip()
        sign = -1 if text.startswith("-") else 1
        text = text.removeprefix("-").strip()
        if not text:
            return None
        if len(text) > LONGEST_AMOUNT or not AMOUNT.match(text):
            raise forms.ValidationError(str(texts.FIELD_ERRORS["amount"]))
        if "," in text or text.count(".") > 1 or re.search(r"\.\d{3}$", text):
            text = text.replace(".", "").replace(",", ".")
        return sign * money.to_cents(Decimal(text))


class CategoryField(forms.CharField):
    """One of the vendor's category ids, or empty."""

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if value and not categories.exists(value):
            raise forms.ValidationError(str(texts.FIELD_ERRORS["category"]))


class EntryForm(forms.Form):
    """A row by hand: the amount is typed without a sign, the direction beside it."""

    description = forms.CharField(max_length=200)
    amount = AmountField()
    direction = forms.ChoiceField(choices=[("out", "out"), ("in", "in")])
    date = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    category = CategoryField(required=False, max_length=16)

    def signed_cents(self) -> int:
        cents = abs(int(self.cleaned_data["amount"]))
        return cents if self.cleaned_data["direction"] == "in" else -cents


class AccountForm(forms.Form):
    """A manual account."""

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=AccountType.choices)
    opening = AmountField(required=False)


class EditForm(forms.Form):
    """What a person sets on any row."""

    category = CategoryField(required=False, max_length=16)
    description = forms.CharField(required=False, max_length=200)
    note = forms.CharField(required=False, max_length=4000)
    ignored = forms.BooleanField(required=False)


class ChoiceForm(forms.Form):
    """Which row (`of`) is which other (`row`)."""

    of = forms.UUIDField()
    row = forms.UUIDField()


class MergeForm(forms.Form):
    """Rows that tell one movement."""

    rows = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.fields["rows"].choices = [(key, key) for key in sent.getlist("rows") if _uuid(key)]  # type: ignore[attr-defined]


def read_filter(query: QueryDict) -> TransactionFilter:
    """The filter that an address names; what makes no sense in it is left out."""
    first, last = _month(query.get("mes", ""))
    category = query.get("categoria", "")
    return TransactionFilter(
        account_id=_uuid(query.get("conta", "")),
        item_id=_uuid(query.get("conexao", "")),
        category_id=_category(category),
        from_date=_day(query.get("de", "")) or first,
        to_date=_day(query.get("ate", "")) or last,
        status=STATUSES.get(query.get("situacao", "")),
        direction=DIRECTIONS.get(query.get("sentido", "")),
        text=query.get("busca", "").strip()[:LONGEST_SEARCH],
        with_hidden=bool(query.get("ocultas")),
    )


def _category(text: str) -> str | None:
    if text == NO_CATEGORY_WORD:
        return NO_CATEGORY
    return text if categories.exists(text) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _month(text: str) -> tuple[date | None, date | None]:
    first = _day(f"{text}-01") if MONTH.match(text) else None
    if first is None:
        return None, None
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
