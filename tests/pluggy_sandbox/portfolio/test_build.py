"""Portfolios add up to the cent, repeat themselves, and look Brazilian."""

import time
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pluggy_sandbox.portfolio.customers import (
    EVENING,
    ITEM,
    LOGINS,
    account_id,
    all_rows,
    connector,
    in_reais,
    made,
    rows,
    shown,
)

from pluggy_sandbox.catalogue.tree import is_category
from pluggy_sandbox.portfolio import documents, wire
from pluggy_sandbox.portfolio.build import build_portfolio, encoded, generate
from pluggy_sandbox.portfolio.casting import scenario_for
from pluggy_sandbox.portfolio.model import Origin
from pluggy_sandbox.portfolio.scenario import cents

ZERO = Decimal("0.00")
everyone = pytest.mark.parametrize(("user", "number"), LOGINS)


def openings(user: str, number: int) -> dict[str, Decimal]:
    plans = scenario_for(user, number, str(connector(number)["type"])).accounts
    return {plan.name: wire.reais(cents(plan.opening)) for plan in plans.values()}


@everyone
class TestBalances:
    def test_a_bank_balance_is_the_opening_and_every_posted_row(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        for account in portfolio.accounts_of("BANK"):
            posted = [row for row in rows(portfolio, account["id"]) if row["status"] == "POSTED"]
            assert account["balance"] == openings(user, number)[account["name"]] + sum(map(in_reais, posted))
            assert account["bankData"]["closingBalance"] == account["balance"]

    def test_a_card_balance_is_every_row_until_today(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        for account in portfolio.accounts_of("CREDIT"):
            owed = [row for row in rows(portfolio, account["id"]) if row["date"] <= wire.stamp(EVENING)]
            assert account["balance"] == sum(map(in_reais, owed), ZERO) > 0

    def test_running_balances_follow_from_each_other(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        for account in portfolio.accounts_of("BANK"):
            posted = [row for row in rows(portfolio, account["id"]) if row["status"] == "POSTED"]
            steps = {(row["balance"] - row["amount"], row["balance"]) for row in posted}
            starts = [before for before, _ in steps]
            assert openings(user, number)[account["name"]] in starts
            assert account["balance"] in {after for _, after in steps}

    def test_a_bill_is_the_debt_carried_and_its_rows(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        for card, bills in portfolio.bills.items():
            carried = ZERO
            for bill in reversed(bills):
                billed = [
                    row for row in rows(portfolio, card) if row["creditCardMetadata"]["billId"] == bill["id"]
                ]
                carried += sum(map(in_reais, billed), ZERO)
                assert bill["totalAmount"] == carried

    def test_what_the_card_receives_leaves_the_bank(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        paid = [
            row
            for row in all_rows(portfolio)
            if row["categoryId"] == "05100000" and row["status"] == "POSTED"
        ]
        on_card = sorted(-row["amount"] for row in paid if row["creditCardMetadata"])
        assert on_card == sorted(-row["amount"] for row in paid if not row["creditCardMetadata"])


@everyone
class TestRows:
    def test_signs_follow_the_kind_of_account(self, user: str, number: int) -> None:
        for row in all_rows(shown(user, number)):
            spends = row["amount"] > 0 if row["creditCardMetadata"] else row["amount"] < 0
            assert row["type"] == ("DEBIT" if spends else "CREDIT")

    def test_every_category_exists(self, user: str, number: int) -> None:
        assert all(
            is_category(row["categoryId"]) and row["category"] for row in all_rows(shown(user, number))
        )

    def test_every_document_has_right_check_digits(self, user: str, number: int) -> None:
        for row in all_rows(shown(user, number)):
            for side in (row["paymentData"] or {}).get("payer"), (row["paymentData"] or {}).get("receiver"):
                if side:
                    digits = "".join(filter(str.isdigit, side["documentNumber"]["value"]))
                    check = documents.is_cpf if side["documentNumber"]["type"] == "CPF" else documents.is_cnpj
                    assert check(digits), side

    def test_only_scheduled_bank_rows_and_open_bills_are_pending(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        now, today = wire.stamp(EVENING), "2026-11-25"
        for row in all_rows(portfolio):
            if row["creditCardMetadata"]:
                is_payment = row["categoryId"] == "05100000"
                assert is_payment or (row["status"] == "PENDING") == (
                    row["creditCardMetadata"]["billId"] is None
                )
            else:
                assert (row["status"] == "PENDING") == (row["date"] > now)
                assert row["status"] == "POSTED" or row["date"][:10] > today

    def test_history_reaches_24_months_back(self, user: str, number: int) -> None:
        dates = [row["date"] for row in all_rows(shown(user, number))]
        assert "2024-11-25" <= min(dates)[:10] < "2025-01-01"
        assert max(dates)[:10] <= (EVENING + timedelta(days=61)).date().isoformat()

    def test_money_is_written_with_two_decimals(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        for row in all_rows(portfolio):
            assert row["amount"].as_tuple().exponent == -2


class TestContents:
    def test_a_salaried_customer_has_everything_a_brazilian_expects(self) -> None:
        found = all_rows(shown())
        methods = {row["paymentData"]["paymentMethod"] for row in found if row["paymentData"]}
        assert methods == {"PIX", "TED", "TEV", "BOLETO"}
        words = " ".join(row["description"] for row in found)
        for expected in (
            "Salário",
            "Netflix",
            "Spotify",
            "Aplicação automática",
            "Resgate automático",
            "IOF",
        ):
            assert expected in words

    def test_two_equal_coffees_are_bought_on_one_day(self) -> None:
        coffees = [row for row in all_rows(shown()) if row["amount"] in {Decimal("7.50"), Decimal("-7.50")}]
        days = sorted((row["accountId"], row["date"]) for row in coffees)
        assert max(len(list(group)) for _, group in groupby(days)) >= 2

    def test_dates_come_as_utc_midnight_as_local_midnight_and_as_instants(self) -> None:
        times = {row["date"][11:] for row in all_rows(shown())}
        assert {"00:00:00.000Z", "03:00:00.000Z"} < times
        assert any(time[:2] in {"00", "01", "02"} and time != "00:00:00.000Z" for time in times)

    def test_parcelas_are_numbered_and_add_up_to_the_purchase(self) -> None:
        card = shown()
        parts = [row for row in all_rows(card) if row["description"].startswith("Porto Seguro Auto")]
        by_purchase = [
            row for row in parts if row["creditCardMetadata"]["purchaseDate"].startswith("2025-03")
        ]
        assert [row["creditCardMetadata"]["installmentNumber"] for row in reversed(by_purchase)] == list(
            range(1, 11)
        )
        assert sum(row["amount"] for row in by_purchase) == Decimal("2388.00")
        assert by_purchase[0]["creditCardMetadata"]["totalAmount"] == Decimal("2388.00")

    def test_purchases_abroad_carry_both_amounts_and_iof(self) -> None:
        found = all_rows(shown())
        abroad = [row for row in found if row["currencyCode"] == "USD"]
        assert len(abroad) > 20
        for row in abroad:
            assert 5 < row["amountInAccountCurrency"] / row["amount"] < 6
        assert len([row for row in found if row["description"] == "IOF compra internacional"]) == len(abroad)

    def test_open_finance_rows_carry_the_banks_own_ids(self) -> None:
        direct, open_finance = all_rows(shown()), all_rows(shown("76109277673", 612))
        assert all(row["providerId"] is None and row["providerCode"] for row in direct)
        assert len({row["providerId"] for row in open_finance}) == len(open_finance)
        scheduled = [row for row in open_finance if row["operationTypeAdditionalInfo"] == "LANCAMENTO_FUTURO"]
        assert {row["status"] for row in scheduled} == {"PENDING"}

    def test_a_company_gets_card_sales_net_of_the_fee(self) -> None:
        sale = next(row for row in all_rows(shown("user-ok", 10)) if "Stone" in row["description"])
        gross, fee = (
            Decimal(part.split("R$ ")[1].replace(",", "."))
            for part in sale["paymentData"]["reason"].split(", taxa")
        )
        assert sale["amount"] == gross - fee
        assert Decimal("0.0248") < fee / gross < Decimal("0.0250")

    def test_own_transfers_name_the_same_document_on_both_sides(self) -> None:
        transfer = next(row for row in all_rows(shown()) if row["categoryId"] == "04020000")
        payer, receiver = transfer["paymentData"]["payer"], transfer["paymentData"]["receiver"]
        assert (
            payer["documentNumber"]
            == receiver["documentNumber"]
            == {"type": "CPF", "value": "761.092.776-73"}
        )

    def test_an_own_transfer_arrives_at_the_other_bank(self) -> None:
        sent = [row for row in all_rows(shown()) if row["categoryId"] == "04020000"]
        arrived = [row for row in all_rows(shown("76109277673", 612)) if row["categoryId"] == "04020000"]
        assert {row["amount"] for row in sent} == {-row["amount"] for row in arrived}

    def test_two_checking_accounts_when_the_user_asks(self) -> None:
        subtypes = [account["subtype"] for account in shown("user-ok-two-checking-accounts", 2).accounts]
        assert subtypes == ["CHECKING_ACCOUNT", "CHECKING_ACCOUNT", "CREDIT_CARD"]

    def test_one_login_shows_two_companies(self) -> None:
        documents_shown = {account["taxNumber"] for account in shown("user-ok-multi-company", 10).accounts}
        assert documents_shown == {"11.222.333/0001-81", "45.997.418/0001-53"}

    def test_another_cpf_is_another_customer(self) -> None:
        identity = shown_identity("11144477735")
        assert identity["taxNumber"] == "111.444.777-35"
        assert identity["fullName"] != shown().identity["fullName"]

    def test_late_bills_are_charged(self) -> None:
        charges = [
            charge
            for bill in shown().bills[account_id(shown(), "CREDIT_CARD")]
            for charge in bill["financeCharges"]
        ]
        assert {charge["type"] for charge in charges} == {
            "LATE_PAYMENT_FEE",
            "LATE_PAYMENT_INTEREST",
            "LATE_PAYMENT_REMUNERATIVE_INTEREST",
            "IOF",
        }


def shown_identity(user: str) -> dict:
    return dict(shown(user, 601).identity)


class TestDeterminism:
    @settings(max_examples=5, deadline=None)
    @given(st.integers(min_value=0, max_value=10**6), st.sampled_from(LOGINS))
    def test_the_same_input_gives_the_same_bytes(self, seed: int, login: tuple[str, int]) -> None:
        first, second = (
            build_portfolio(
                user=login[0], connector=connector(login[1]), seed=seed, now=EVENING, item_id=ITEM
            )
            for _ in range(2)
        )
        assert wire.encode(first.accounts) == wire.encode(second.accounts)
        assert [ledger.newest() for ledger in first.ledgers.values()] == [
            ledger.newest() for ledger in second.ledgers.values()
        ]

    def test_another_seed_gives_other_rows(self) -> None:
        assert {row["amount"] for row in all_rows(made(seed=1))} != {
            row["amount"] for row in all_rows(made(seed=2))
        }

    def test_another_item_gives_other_ids_but_the_banks_own_stay(self) -> None:
        first = shown("76109277673", 612)
        second = build_portfolio(
            user="76109277673", connector=connector(612), seed=7, now=EVENING, item_id=UUID(int=5)
        )
        ids = [{row["id"] for row in all_rows(one)} for one in (first, second)]
        own = [{row["providerId"] for row in all_rows(one)} for one in (first, second)]
        assert not ids[0] & ids[1]
        assert own[0] == own[1]

    def test_generate_later_keeps_the_past(self) -> None:
        origin = Origin("user-ok", connector(2), 7, ITEM, EVENING)
        before, after = generate(origin, EVENING), generate(origin, EVENING + timedelta(days=45))
        for account, marks in before.fingerprints.items():
            assert marks.keys() <= after.fingerprints[account].keys()


def test_builds_within_a_third_of_a_second() -> None:
    made()  # tables are read
    started = time.process_time()
    generate(Origin("user-ok", connector(2), 7, ITEM, EVENING), EVENING)
    assert time.process_time() - started < 0.3


def test_encoded_marks_content_not_times() -> None:
    fields = {"id": "i", "date": "2026-01-01T00:00:00.000Z", "creditCardMetadata": None}
    row, mark = encoded(fields, "2026-02-01T00:00:00.000Z")
    again, same = encoded(fields, "2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z")
    assert mark == same
    assert row.body.endswith(
        b'"createdAt":"2026-02-01T00:00:00.000Z","updatedAt":"2026-02-01T00:00:00.000Z"}'
    )
    assert again.body.endswith(b'"updatedAt":"2026-03-01T00:00:00.000Z"}')
