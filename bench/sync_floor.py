"""The floor of a sync: the same pages, the fastest parser, the same columns and encryption, straight into the table."""

import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import django
import httpx
import msgspec
import uuid_utils

django.setup()

import psycopg  # noqa: E402 - after Django's registry, beside our own
from django.conf import settings  # noqa: E402
from psycopg.types.string import BytesBinaryDumper  # noqa: E402

from bench.recording import Player  # noqa: E402
from financehub.banking.models import Account  # noqa: E402
from financehub.banking.rowstore_postgresql import NAMES, TYPES  # noqa: E402
from financehub.banking.rowstore_sqlite import MARKS  # noqa: E402
from financehub.banking.rowstore_tables import TABLE  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.core import crypto  # noqa: E402
from financehub.core.ids import new_quick_id, quick  # noqa: E402

ZONE = ZoneInfo("America/Sao_Paulo")
Key = uuid_utils.UUID


class Document(msgspec.Struct, rename="camel"):
    value: str | None = None


class Party(msgspec.Struct, rename="camel"):
    document_number: Document | None = None
    name: str | None = None


class Payment(msgspec.Struct, rename="camel"):
    payer: Party | None = None
    receiver: Party | None = None
    payment_method: str | None = None


class Card(msgspec.Struct, rename="camel"):
    installment_number: int | None = None
    total_installments: int | None = None
    card_number: str | None = None
    bill_id: str | None = None


class Merchant(msgspec.Struct, rename="camel"):
    name: str | None = None
    business_name: str | None = None


class Row(msgspec.Struct, rename="camel"):
    id: UUID
    description: str
    amount: Decimal
    date: datetime
    type: str
    currency_code: str
    status: str = "POSTED"
    amount_in_account_currency: Decimal | None = None
    balance: Decimal | None = None
    provider_id: str | None = None
    category_id: str | None = None
    operation_type: str | None = None
    order: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    payment_data: Payment | None = None
    credit_card_metadata: Card | None = None
    merchant: Merchant | None = None


class Page(msgspec.Struct):
    results: list[msgspec.Raw]
    next: str | None = None


split = msgspec.json.Decoder(Page).decode
parse = msgspec.json.Decoder(Row).decode


def records(body: bytes, company: Key, account: Key, at: datetime) -> Iterator[tuple[object, ...]]:
    """The same columns as the product's, computed with nothing to spare."""
    for raw in split(body).results:
        row = parse(raw)
        amount = row.amount_in_account_currency or row.amount
        cents = abs(int(amount * 100))
        debit = row.type == "DEBIT"
        moment = row.date
        payment, card, merchant = row.payment_data, row.credit_card_metadata, row.merchant
        other = (payment.receiver if debit else payment.payer) if payment else None
        document = other.document_number.value if other and other.document_number else None
        yield (
            new_quick_id(), company, account, "vendor", at, False,
            row.id, hashlib.blake2b(raw, digest_size=16).digest(), row.type, row.status,
            -cents if debit else cents, "BRL",
            str(row.amount) if row.amount_in_account_currency else None,
            row.currency_code if row.amount_in_account_currency else None,
            moment.date() if not (moment.hour or moment.minute) else moment.astimezone(ZONE).date(),
            moment, row.order, row.description, row.provider_id, row.category_id, row.operation_type,
            payment.payment_method if payment else None,
            other.name if other else None,
            crypto.blind_index(document, purpose="document") if document else None,
            merchant.name if merchant else None,
            None if row.balance is None else int(row.balance * 100),
            card.installment_number if card else None,
            card.total_installments if card else None,
            card.card_number[-4:] if card and card.card_number else None,
            card.bill_id if card else None,
            crypto.seal(bytes(raw)), row.created_at, row.updated_at,
        )  # fmt: skip


def pages(order: dict[str, str]) -> Iterator[bytes]:
    """The bodies: from the tape in memory, or over one connection."""
    transport = Player(Path(order["play"])) if "play" in order else httpx.HTTPTransport()
    with httpx.Client(base_url=order["url"], transport=transport) as client:
        key = client.post(
            "/auth", json={"clientId": order["client_id"], "clientSecret": order["client_secret"]}
        )
        client.headers["X-API-KEY"] = key.json()["apiKey"]
        for start in json.loads(order["first_pages"]):
            address: str | None = start
            while address:
                body = client.get(address).content
                yield body
                following = split(body).next
                address = f"/v2/transactions{following}" if following else None


def copy_postgresql(bodies: Iterable[bytes], company: Key, account: Key) -> int:
    """One COPY straight into the table, committed once."""
    database = settings.DATABASES["default"]
    host = database["HOST"] or database["OPTIONS"]["host"]
    at, rows = datetime.now(UTC), 0
    with (
        psycopg.connect(host=host, user=database["USER"], dbname=database["NAME"]) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {TABLE} ({NAMES}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        cursor.adapters.register_dumper(bytes, BytesBinaryDumper)
        copy.set_types(TYPES)
        for body in bodies:
            for record in records(body, company, account, at):
                copy.write_row(record)
                rows += 1
    return rows


def insert_sqlite(bodies: Iterable[bytes], company: Key, account: Key) -> int:
    """executemany page by page, with the product's pragmas, committed once."""
    connection = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    connection.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    at, rows = datetime.now(UTC), 0
    with connection:
        for body in bodies:
            batch = [tuple(map(_text, record)) for record in records(body, company, account, at)]
            connection.executemany(f"INSERT INTO {TABLE} ({NAMES}) VALUES ({MARKS})", batch)
            rows += len(batch)
    return rows


TEXTS: dict[type, Callable[[Any], str]] = {
    UUID: lambda value: value.hex,
    uuid_utils.UUID: lambda value: value.hex,
    datetime: lambda value: str(value.replace(tzinfo=None)),
    date: date.isoformat,
}


def _text(value: object) -> object:
    text = TEXTS.get(type(value))
    return text(value) if text else value


def _account() -> tuple[Key, Key]:
    """Somewhere for the rows to belong: a company and one account."""
    at = datetime.now(UTC)
    company = Company.objects.create(name="Floor")
    account = Account.objects.create(
        company=company, pluggy_id=uuid4(), type="BANK", name="Floor", created_at=at
    )
    return quick(company.pk), quick(account.pk)


def measure(order: dict[str, str]) -> dict[str, float]:
    """Write every page of the order; seconds leave start-up out, and reading the tape when there is one."""
    company, account = _account()
    bodies: Iterable[bytes] = pages(order)
    if "play" in order:
        bodies = list(bodies)
    write = insert_sqlite if "sqlite" in settings.DATABASES["default"]["ENGINE"] else copy_postgresql
    started, cpu_before = time.perf_counter(), time.process_time()
    rows = write(bodies, company, account)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_before
    return {"rows": rows, "seconds": seconds, "cpu_seconds": cpu_seconds}


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(sys.argv[1]))))
