"""Merchants by CNPJ."""

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.endpoints.merchants import is_cnpj

NOWHERE = "11222333000181"


@pytest.mark.parametrize("text", ["11.222.333/0001-81", NOWHERE])
def test_check_digits_make_a_cnpj(text: str) -> None:
    assert is_cnpj(text)


@pytest.mark.parametrize("text", ["11222333000182", "00000000000000", "1", ""])
def test_wrong_ones_are_none(text: str) -> None:
    assert not is_cnpj(text)


def test_a_merchant_of_a_transaction_is_found(box: Box) -> None:
    card = box.account(box.connected()["id"], "CREDIT")
    merchant = next(
        row["merchant"]
        for row in box.all_transactions(card["id"])
        if row.get("merchant") and is_cnpj(row["merchant"].get("cnpj") or "")
    )
    answer = box.get("/merchants", cnpjs=f"{merchant['cnpj']},{NOWHERE},123").json()
    assert answer == {"foundMerchants": [merchant], "notFoundMerchants": [NOWHERE], "invalidCnpjs": ["123"]}


def test_something_must_be_asked(box: Box) -> None:
    assert box.get("/merchants").status_code == 400
