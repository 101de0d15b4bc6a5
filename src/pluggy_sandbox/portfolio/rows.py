"""One movement written as the vendor's Transaction: every key of the schema present, absent facts as null."""

from dataclasses import dataclass
from functools import cache
from random import Random

from pluggy_sandbox.catalogue.tree import category_name
from pluggy_sandbox.portfolio import documents, scenario, wire
from pluggy_sandbox.portfolio.movements import Movement
from pluggy_sandbox.portfolio.scenario import AccountPlan, Party, Person
from pluggy_sandbox.portfolio.wire import Json

_TRANSFERS = {"PIX", "TED", "DOC", "TEV", "BOLETO"}


@dataclass(frozen=True)
class Holder:
    """The account a row belongs to, and the bank that keeps it."""

    person: Person
    plan: AccountPlan
    account_id: str
    number: str  # branch/number-digit, or a card's last digits
    compe: str
    ispb: str
    world: str  # seed of everything that does not depend on the Item
    is_open_finance: bool


def transaction(movement: Movement, holder: Holder) -> Json:
    """The row as served, without createdAt and updatedAt."""
    is_card = holder.plan.type == "CREDIT"
    sign = -1 if is_card else 1  # on cards a purchase is positive, a payment negative
    currency, amount = movement.foreign or ("BRL", movement.cents)
    open_finance = holder.is_open_finance
    return {
        "id": wire.made_id(holder.account_id, movement.key),
        "description": movement.description,
        "descriptionRaw": movement.raw,
        "currencyCode": currency,
        "amount": wire.reais(sign * amount),
        "amountInAccountCurrency": wire.reais(sign * movement.cents) if movement.foreign else None,
        "date": movement.date,
        "type": "CREDIT" if movement.cents > 0 else "DEBIT",
        "balance": None if movement.balance is None else wire.reais(movement.balance),
        "providerCode": None if open_finance else f"{_number(movement.key, 10**9):09d}",
        "providerId": wire.made_id(holder.world, holder.plan.name, movement.key) if open_finance else None,
        "status": "PENDING" if movement.pending else "POSTED",
        "category": category_name(movement.category),
        "categoryId": movement.category,
        "operationType": _operation(movement, is_card=is_card) if open_finance else None,
        "operationTypeAdditionalInfo": "LANCAMENTO_FUTURO"
        if open_finance and movement.pending and not is_card
        else None,
        "order": None,
        "paymentData": None if is_card else _payment_data(movement, holder),
        "creditCardMetadata": _card_metadata(movement, holder) if is_card else None,
        "merchant": _merchant(movement),
        "acquirerData": None,
        "accountId": holder.account_id,
    }


def _operation(movement: Movement, *, is_card: bool) -> str:
    if is_card:
        if movement.fee:
            return "TARIFA"
        return movement.method or "PAGAMENTO"
    return movement.method or "OUTROS"


def _payment_data(movement: Movement, holder: Holder) -> Json | None:
    if movement.method not in _TRANSFERS:
        return None
    mine = _mine(holder)
    other = _other_side(movement.party or Party(), holder)
    payer, receiver = (mine, other) if movement.cents < 0 else (other, mine)
    boleto = _boleto(movement, receiver["routingNumber"]) if movement.method == "BOLETO" else None
    return {
        "payer": payer,
        "receiver": receiver,
        "reason": movement.reason,
        "referenceNumber": _reference(movement, payer),
        "receiverReferenceId": None,
        "authenticationCode": f"{_number(movement.key + 'auth', 16**12):012X}" if boleto else None,
        "paymentMethod": movement.method,
        "boletoMetadata": boleto,
    }


def _reference(movement: Movement, payer: Json) -> str:
    """A PIX has its end-to-end id (payer's ISPB, UTC minute, serial); the others a number."""
    serial = f"{_number(movement.key, 10**11):011d}"
    if movement.method != "PIX":
        return serial
    minute = "".join(filter(str.isdigit, movement.date[:16]))
    return f"E{payer['routingNumberISPB']}{minute}{serial}"


def _mine(holder: Holder) -> Json:
    branch, number = holder.number.split("/")
    return _participant(
        holder.person.name, holder.person.document, (branch, number), (holder.compe, holder.ispb)
    )


def _other_side(party: Party, holder: Holder) -> Json:
    if party.own:
        return _stranger(holder.person.name, holder.person.document)
    if party.document:
        return _stranger(party.name, party.document)
    document = documents.cpf_named(party.name) if party.person else documents.cnpj_named(party.name)
    return _stranger(party.name, document)


@cache
def _stranger(name: str, document: str) -> Json:
    rng = Random(f"{name}|{document}")
    account = (f"{rng.randrange(1, 9999):04d}", f"{rng.randrange(1000, 99999)}-{rng.randrange(10)}")
    return _participant(name, document, account, rng.choice(scenario.banks()))


def _participant(name: str, document: str, account: tuple[str, str], bank: tuple[str, str]) -> Json:
    return {
        "documentNumber": {
            "type": "CPF" if len(document) == 11 else "CNPJ",
            "value": documents.formatted(document),
        },
        "name": name,
        "accountNumber": account[1],
        "branchNumber": account[0],
        "routingNumber": bank[0],
        "routingNumberISPB": bank[1],
    }


def _boleto(movement: Movement, bank: object) -> Json:
    rng = Random(movement.key)
    line, barcode = documents.boleto(str(bank), movement.day, abs(movement.cents), rng)
    return {
        "digitableLine": line,
        "barcode": barcode,
        "baseAmount": wire.reais(abs(movement.cents)),
        "interestAmount": wire.reais(0),
        "penaltyAmount": wire.reais(0),
        "discountAmount": wire.reais(0),
    }


def _card_metadata(movement: Movement, holder: Holder) -> Json:
    number, count, total, bought = movement.instalment or (None, None, None, None)
    open_finance = holder.is_open_finance
    digits = [holder.number[-4:], *holder.plan.additional]
    metadata: Json = {
        "installmentNumber": number,
        "totalInstallments": count,
        "totalAmount": None if open_finance or total is None else wire.reais(total),
        "feeType": movement.fee,
        "feeTypeAdditionalInfo": "NA" if open_finance else None,
        "otherCreditsType": None,
        "otherCreditsAdditionalInfo": None,
        "purchaseDate": bought or movement.date,
        "payeeMCC": movement.mcc,
        "cardNumber": digits[_number(movement.key, 7) % len(digits)],
        "billId": movement.bill[0] if movement.bill else None,
    }
    if open_finance:
        metadata |= {
            "billForecastDate": movement.forecast,
            "paymentType": "INSTALLMENT" if count else "SINGLE",
            "billPostDate": movement.day.isoformat() if movement.bill else None,
            "transactionDateTime": bought or movement.date,
        }
    return metadata


def _merchant(movement: Movement) -> Json | None:
    shop = movement.merchant
    if shop is None or _number(shop.name, 5) == 0:  # enrichment never knows every shop
        return None
    cnpj = documents.cnpj_named(shop.name)
    return {
        "name": shop.name,
        "businessName": "",
        "cnpj": cnpj,
        "cnae": None,
        "category": category_name(shop.category),
    }


def _number(text: str, below: int) -> int:
    return (
        int(wire.made_id(text).replace("-", "")[:11], 16) % below if below <= 16**11 else _wide(text) % below
    )


def _wide(text: str) -> int:
    return int(wire.made_id(text).replace("-", ""), 16)
