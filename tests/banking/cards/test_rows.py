"""What kind of row a row is."""

from datetime import date

import pytest
from tests.banking.cards.card_stories import row

from financehub.banking.cards.rows import Kind, charge_of, kind_of

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("text", "cents", "kind"),
    [
        ("Padaria do Bairro", -1000, Kind.PURCHASE),
        ("Estorno Padaria", 1000, Kind.REFUND),
        ("Cashback", 300, Kind.REFUND),
        ("Pagamento recebido", 1000, Kind.PAYMENT),
        ("PAGAMENTO EFETUADO", 1000, Kind.PAYMENT),
        ("Pgto fatura debito em conta", 1000, Kind.PAYMENT),
        ("Obrigado pelo pagamento", 1000, Kind.PAYMENT),
        ("Saldo anterior", -1000, Kind.CARRIED),
        ("SALDO DA FATURA ANTERIOR", -1000, Kind.CARRIED),
        ("Valor da fatura anterior", -1000, Kind.CARRIED),
        ("Saldo em rotativo", -1000, Kind.CARRIED),
        ("Juros de mora", -120, Kind.CHARGE),
        ("Multa por atraso", -120, Kind.CHARGE),
        ("IOF compra internacional", -120, Kind.CHARGE),
        ("Encargos de financiamento", -120, Kind.CHARGE),
        ("Bar da Multa", -120, Kind.PURCHASE),
        ("Posto Pagamento Facil", -5000, Kind.PURCHASE),
    ],
)
def test_words_tell_the_kind(text: str, cents: int, kind: Kind) -> None:
    assert kind_of(row(DAY, cents, text)) == kind


@pytest.mark.parametrize(
    "fields",
    [{"operation_type": "PAGAMENTO_FATURA"}, {"category_id": "05100000"}],
)
def test_the_vendors_codes_come_before_words(fields: dict[str, str]) -> None:
    assert kind_of(row(DAY, 5000, "Credito", **fields)) == Kind.PAYMENT


def test_revolving_credit_is_the_old_debt_again() -> None:
    assert kind_of(row(DAY, -5000, "Operacao 12", other_credits_type="REVOLVING_CREDIT")) == Kind.CARRIED


def test_a_parcela_is_never_a_charge_or_a_carried_balance() -> None:
    bought = row(DAY, -5000, "Saldo anterior moveis", installment=(2, 5))
    assert bought.kind == Kind.PURCHASE
    assert charge_of(row(DAY, -5000, "Multa", installment=(1, 2))) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Multa por atraso", "LATE_PAYMENT_FEE"),
        ("Juros de mora", "LATE_PAYMENT_INTEREST"),
        ("Juros remuneratórios", "LATE_PAYMENT_REMUNERATIVE_INTEREST"),
        ("IOF sobre atraso", "IOF"),
        ("Padaria", ""),
    ],
)
def test_charges_have_the_vendors_names(text: str, name: str) -> None:
    assert row(DAY, -100, text).charge == name


def test_a_debt_is_what_a_row_adds_to_a_bill() -> None:
    assert row(DAY, -100).debt_cents == 100
    assert row(DAY, 100, "Pagamento recebido").debt_cents == -100
