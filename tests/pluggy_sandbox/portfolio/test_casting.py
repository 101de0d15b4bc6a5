"""Who shows up for a login: the bundled scenarios and a user's own."""

from pathlib import Path

import pytest

from pluggy_sandbox.catalogue.tree import is_category
from pluggy_sandbox.portfolio import casting
from pluggy_sandbox.portfolio.casting import bundled, is_cast, register, scenario_for
from pluggy_sandbox.portfolio.scenario import merchants


@pytest.mark.parametrize(
    ("user", "number", "kind", "name"),
    [
        ("user-ok", 2, "PERSONAL_BANK", "salaried"),
        ("user-ok-perf-50x", 2, "PERSONAL_BANK", "salaried"),
        ("76109277673", 612, "PERSONAL_BANK", "digital"),
        ("23824264030", 612, "PERSONAL_BANK", "freelancer"),
        ("user-ok", 10, "BUSINESS_BANK", "company"),
        ("user-ok-multi-company", 10, "BUSINESS_BANK", "multi_company"),
        ("user-ok", 15, "INVESTMENT", "investor"),
        ("user-ok", 16, "PAYMENT_ACCOUNT", "seller"),
        ("user-ok", 11, "PERSONAL_BANK", "joint"),
        ("user-ok", 1000, "SOMETHING_NEW", "salaried"),
    ],
)
def test_chooses_by_login_and_connector(user: str, number: int, kind: str, name: str) -> None:
    assert scenario_for(user, number, kind).name == name


def test_bundled_flows_name_what_exists() -> None:
    for scenario in bundled():
        for flow in scenario.flows:
            assert flow.category is None or is_category(flow.category), (scenario.name, flow.name)
            assert set(flow.merchants) <= merchants().keys(), (scenario.name, flow.name)
        for plan in scenario.accounts.values():
            assert plan.paid_from is None or plan.paid_from in scenario.accounts


def test_a_registered_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casting, "_added", [])
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nmatch: {users: [user-ok]}\nperson: sonia\n"
        "accounts: {a: {type: BANK, subtype: CHECKING_ACCOUNT, name: Conta}}\n",
        encoding="utf-8",
    )
    assert register(path).name == "mine"
    assert scenario_for("user-ok", 2, "PERSONAL_BANK").name == "mine"
    assert scenario_for("user-ok-img", 2, "PERSONAL_BANK").name == "salaried"
    assert is_cast("user-ok")


def test_only_users_that_a_scenario_names_are_cast() -> None:
    assert is_cast("user-ok-two-checking-accounts")
    assert not is_cast("user-locked")
