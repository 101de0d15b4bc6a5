"""The category tree as the vendor has it."""

import pytest

from pluggy_sandbox.catalogue import categories
from pluggy_sandbox.catalogue.tree import category_name, is_category


def test_holds_130_categories_with_known_parents() -> None:
    tree = categories()
    assert len({row["id"] for row in tree}) == len(tree) == 130
    assert all(row["parentId"] is None or is_category(str(row["parentId"])) for row in tree)


def test_shows_both_languages_and_the_parent() -> None:
    pix = next(row for row in categories() if row["id"] == "05070000")
    assert pix == {
        "id": "05070000",
        "description": "Transfer - PIX",
        "descriptionTranslated": "Transferência - PIX",
        "parentId": "05000000",
        "parentDescription": "Transfers",
    }


def test_keeps_the_oddity_of_financing() -> None:
    home = next(row for row in categories() if row["id"] == "02030001")
    assert (home["parentId"], home["parentDescription"]) == ("02000000", "Financing")


def test_an_unknown_category_has_no_name() -> None:
    assert not is_category("1")
    with pytest.raises(KeyError):
        category_name("1")
