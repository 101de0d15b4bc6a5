"""The connector list: the vendor's ids, enough of Brazil, forms that accept the sandbox logins."""

import re

from pluggy_sdk.models.connector import Connector

from pluggy_sandbox.catalogue import compe_of, connectors
from pluggy_sandbox.catalogue.institutions import entries

BY_ID = {row["id"]: row for row in connectors()}


def test_holds_150_institutions_beside_the_sandbox_ones() -> None:
    real = {row["name"] for row in connectors() if not row["isSandbox"]}
    assert len(real) >= 150
    assert len(BY_ID) == len(connectors())


def test_keeps_the_vendors_ids() -> None:
    names = {number: BY_ID[number]["name"] for number in (0, 2, 5, 200, 201, 600, 601, 603, 612)}
    assert names == {
        0: "Pluggy Bank",
        2: "Pluggy Bank",
        5: "Pluggy Bank MFA 2-step",
        200: "MeuPluggy",
        201: "Itaú",
        600: "Sandbox Open Finance",
        601: "Itaú",
        603: "Bradesco",
        612: "Nubank",
    }


def test_every_connector_is_the_sdks_model() -> None:
    for row in connectors():
        assert Connector.from_dict(row).to_dict()["id"] == row["id"]


def test_open_finance_asks_for_one_document() -> None:
    for row in connectors():
        assert row["isOpenFinance"] == (row["id"] >= 600)
        if row["isOpenFinance"]:
            assert row["oauth"] is True
            assert len(row["credentials"]) == 1
            credential = row["credentials"][0]
            sample = {"cpf": "761.092.776-73", "cnpj": "11.222.333/0001-81"}[credential["name"]]
            assert re.search(credential["validation"], sample)
            assert re.search(credential["validation"], re.sub(r"\D", "", sample))
            assert not re.search(credential["validation"], "123")


def test_direct_connectors_accept_the_sandbox_login() -> None:
    good = {"user": "user-ok", "password": "password-ok", "token": "123456"}
    for row in connectors():
        for field in row["credentials"]:
            if not row["isOpenFinance"] and not field["optional"]:
                assert re.search(field["validation"], good[field["name"]]), row["name"]


def test_sandbox_fields_have_the_documented_rules() -> None:
    assert [field["validation"] for field in BY_ID[2]["credentials"]] == ["^user-.{2,50}$", "^.{6,20}$"]


def test_flows_that_the_engine_needs_are_there() -> None:
    assert BY_ID[4]["credentials"][2]["mfa"] is True
    assert BY_ID[5]["hasMFA"] is True
    assert BY_ID[13]["health"] == {"status": "OFFLINE", "stage": None}
    assert {row["type"] for row in connectors()} == {
        "PERSONAL_BANK",
        "BUSINESS_BANK",
        "INVESTMENT",
        "PAYMENT_ACCOUNT",
    }


def test_answers_are_fresh_each_time() -> None:
    connectors()[0]["health"]["status"] = "OFFLINE"
    assert connectors()[0]["health"]["status"] == "ONLINE"


def test_compe_of_a_bank_and_of_none() -> None:
    assert (compe_of(601), compe_of(2), compe_of(-1)) == ("341", None, None)
    assert len({entry.id for entry in entries()}) == len(entries())
