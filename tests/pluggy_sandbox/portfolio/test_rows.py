"""One movement as the vendor's Transaction."""

import pytest
from tests.pluggy_sandbox.portfolio.customers import account_id, all_rows, rows, shown

KEYS = {
    "id", "description", "descriptionRaw", "currencyCode", "amount", "amountInAccountCurrency", "date", "type",
    "balance", "providerCode", "providerId", "status", "category", "categoryId", "operationType",
    "operationTypeAdditionalInfo", "order", "paymentData", "creditCardMetadata", "merchant", "acquirerData",
    "accountId", "createdAt", "updatedAt",
}  # fmt: skip


@pytest.mark.parametrize(("user", "number"), [("user-ok", 2), ("76109277673", 612), ("user-ok", 10)])
def test_every_key_is_present(user: str, number: int) -> None:
    assert all(row.keys() == KEYS for row in all_rows(shown(user, number)))


def test_a_pix_names_payer_receiver_and_end_to_end_id() -> None:
    pix = next(row for row in all_rows(shown()) if row["description"].startswith("Pix recebido"))
    data = pix["paymentData"]
    assert data["receiver"]["name"] == "Ana Beatriz Carvalho Lima"
    assert data["payer"]["name"] in pix["description"]
    assert data["referenceNumber"].startswith(
        f"E{data['payer']['routingNumberISPB']}{pix['date'][:10].replace('-', '')}"
    )
    assert len(data["referenceNumber"]) == 32


def test_a_boleto_has_its_line_and_amount() -> None:
    paid = next(row for row in all_rows(shown()) if row["description"] == "Condomínio Ed. Harmonia")
    slip = paid["paymentData"]["boletoMetadata"]
    assert slip["baseAmount"] == -paid["amount"]
    assert len(slip["digitableLine"]) == 47
    assert slip["barcode"][:3] == paid["paymentData"]["receiver"]["routingNumber"]


def test_open_finance_cards_tell_forecast_and_payment_type_instead_of_totals() -> None:
    direct = rows(shown(), account_id(shown(), "CREDIT_CARD"))
    remote = rows(shown("76109277673", 612), account_id(shown("76109277673", 612), "CREDIT_CARD"))
    assert all("billForecastDate" not in row["creditCardMetadata"] for row in direct)
    assert {row["creditCardMetadata"]["paymentType"] for row in remote} == {"SINGLE", "INSTALLMENT"}
    assert {row["creditCardMetadata"]["totalAmount"] for row in remote} == {None}


def test_additional_cards_buy_too() -> None:
    numbers = {
        row["creditCardMetadata"]["cardNumber"] for row in rows(shown(), account_id(shown(), "CREDIT_CARD"))
    }
    assert len(numbers) == 2
