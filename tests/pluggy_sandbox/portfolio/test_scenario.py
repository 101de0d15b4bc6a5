"""Scenario files are read strictly, and every bundled one is sound."""

from pathlib import Path

import pytest

from pluggy_sandbox.catalogue.tree import is_category
from pluggy_sandbox.portfolio import documents, scenario
from pluggy_sandbox.portfolio.scenario import ScenarioInvalid, cents, read_scenario

GOOD = """
name: tiny
match: {users: [user-ok-tiny]}
person: ana
accounts:
  checking: {type: BANK, subtype: CHECKING_ACCOUNT, name: Conta, opening: 10.10}
flows:
  - {name: gift, account: checking, direction: in, day: 3, amount: 5.05, description: Presente, raw: PRESENTE,
     category: "01050000"}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return path


class TestReadScenario:
    def test_reads_a_small_file(self, tmp_path: Path) -> None:
        tiny = read_scenario(write(tmp_path, GOOD))
        assert (tiny.name, tiny.customer("user-ok").name) == ("tiny", "Ana Beatriz Carvalho Lima")
        assert cents(tiny.accounts["checking"].opening) == 1010

    @pytest.mark.parametrize(
        ("wrong", "instead", "message"),
        [
            ("person: ana", "person: nobody", "person 'nobody' is not in people.yaml"),
            ("account: checking", "account: savings", "flow 'gift' names an unknown account 'savings'"),
            ("day: 3, ", "", "needs exactly one of day, weekday, every, times"),
            ("amount: 5.05, ", "", "needs an amount or merchants"),
            ("opening: 10.10", "oppening: 10.10", "oppening"),
            ("opening: 10.10", "holder: nobody", "holder 'nobody' of account 'checking'"),
            ("accounts:", "accounts: [", "tiny.yaml"),
        ],
    )
    def test_names_the_fault(self, tmp_path: Path, wrong: str, instead: str, message: str) -> None:
        assert wrong in GOOD
        with pytest.raises(ScenarioInvalid, match=message):
            read_scenario(write(tmp_path, GOOD.replace(wrong, instead)))

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ScenarioInvalid, match=r"absent\.yaml"):
            read_scenario(tmp_path / "absent.yaml")


class TestTables:
    def test_people_have_documents_that_could_exist(self) -> None:
        for person in scenario.people().values():
            assert (documents.is_cnpj if person.is_company else documents.is_cpf)(person.document)

    def test_merchants_have_known_categories_and_sane_prices(self) -> None:
        shops = [shop for group in scenario.merchants().values() for shop in group]
        assert len(shops) > 50
        assert all(is_category(shop.category) and 0 < shop.low <= shop.high for shop in shops)

    def test_lists_of_names_are_not_empty(self) -> None:
        for kind in ("people", "clients", "suppliers", "staff"):
            assert all(scenario.names(kind)), kind

    def test_banks_have_clearing_codes(self) -> None:
        assert ("341", "60701190") in scenario.banks()
        assert all(len(compe) == 3 and len(ispb) == 8 for compe, ispb in scenario.banks())

    def test_cents_of_text(self) -> None:
        assert scenario.cents_of("1280.00") == 128_000
