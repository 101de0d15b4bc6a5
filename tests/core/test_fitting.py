"""Texts from outside fit their columns on every database."""

import pytest
from tests.builders import make_item

from financehub.banking.models import Item
from financehub.core.fitting import fitted


def test_only_texts_that_are_too_long_are_cut():
    longest = Item._meta.get_field("error_code").max_length
    fields = {"error_code": "x" * 500, "status": "UPDATED", "products": ["y" * 500], "company_id": None}
    assert fitted(Item, fields) == {**fields, "error_code": "x" * longest}


@pytest.mark.django_db
def test_what_was_cut_can_be_stored():
    item = make_item()
    Item.objects.of(item.company_id).update(**fitted(Item, {"error_code": "x" * 500}))
    assert Item.objects.of(item.company_id).get().error_code.strip("x") == ""
