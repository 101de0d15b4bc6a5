"""The connectors of the simulated Pluggy: sandbox ones and the institutions of Brazil, direct and Open Finance.

Connectors that are not sandbox ones in real life accept the sandbox users and CPFs here as well
(`user-ok`, 761.092.776-73...), so that a demonstration shows the banks a Brazilian knows.
"""

import csv
from functools import cache
from importlib import resources

import msgspec
import yaml

Json = dict[str, object]

_MADE = "2021-03-15T12:00:00.000Z"
_CHANGED = "2026-09-30T12:00:00.000Z"
_BANK = [
    "ACCOUNTS",
    "CREDIT_CARDS",
    "TRANSACTIONS",
    "PAYMENT_DATA",
    "INVESTMENTS",
    "INVESTMENTS_TRANSACTIONS",
]
PRODUCTS = {
    "PERSONAL_BANK": [*_BANK, "IDENTITY", "LOANS"],
    "BUSINESS_BANK": [*_BANK, "IDENTITY", "LOANS"],
    "INVESTMENT": ["ACCOUNTS", "TRANSACTIONS", "INVESTMENTS", "INVESTMENTS_TRANSACTIONS", "IDENTITY"],
    "PAYMENT_ACCOUNT": ["ACCOUNTS", "CREDIT_CARDS", "TRANSACTIONS", "PAYMENT_DATA", "IDENTITY"],
}
_COVERAGE = ["INVESTMENTS:BANK_FIXED_INCOMES", "INVESTMENTS:FUNDS", "CREDIT_OPERATIONS:LOANS"]


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One connector as our tables tell it."""

    id: int
    name: str
    type: str = "PERSONAL_BANK"
    fields: list[str]
    mfa: bool = False
    color: str = "ef294b"
    site: str = "pluggy.ai"
    compe: str | None = None
    health: str = "ONLINE"
    stage: str | None = None
    open_finance: bool = False
    oauth: bool = False
    sandbox: bool = True


def connectors() -> list[Json]:
    """Every connector as the vendor's Connector object, by id; fresh dicts on each call.

    `imageUrl` is a path: the engine puts its own address before it and serves `logo_svg` there.
    """
    return [_connector(entry) for entry in entries()]


def compe_of(connector_id: object) -> str | None:
    """The three-digit clearing code of the connector's bank, None when it has none."""
    return next((entry.compe for entry in entries() if entry.id == connector_id), None)


@cache
def entries() -> tuple[_Entry, ...]:
    """The tables read, by connector id."""
    sandbox = msgspec.convert(yaml.safe_load(_text("sandbox.yaml")), list[_Entry])
    rows = csv.DictReader(_text("institutions.csv").splitlines(), delimiter=";")
    real = [entry for row in rows for entry in _institution(row)]
    return tuple(sorted([*sandbox, *real], key=lambda entry: entry.id))


def _institution(row: dict[str, str]) -> list[_Entry]:
    """Up to three connectors of one institution: direct, Open Finance for people, for companies."""
    channels = (
        (row["direct"], row["type"], ["any_user", "any_password"], False),
        (row["open_finance"], row["type"], ["cpf"], True),
        (row["open_finance_business"], "BUSINESS_BANK", ["cnpj"], True),
    )
    return [
        _Entry(
            id=int(number),
            name=row["name"] + (" Empresas" if fields == ["cnpj"] else ""),
            type=kind,
            fields=fields,
            color=row["color"],
            site=row["site"],
            compe=row["compe"] or None,
            open_finance=is_open,
            sandbox=False,
        )
        for number, kind, fields, is_open in channels
        if number
    ]


def _connector(entry: _Entry) -> Json:
    pays = entry.open_finance and entry.type != "INVESTMENT"
    return {
        "id": entry.id,
        "name": entry.name,
        "institutionUrl": f"https://www.{entry.site}",
        "imageUrl": f"/assets/connectors/{entry.id}.svg",
        "primaryColor": entry.color,
        "type": entry.type,
        "country": "BR",
        "credentials": [_credential(name) for name in entry.fields],
        "hasMFA": entry.mfa,
        "products": list(PRODUCTS[entry.type]),
        "productCoverage": list(_COVERAGE) if entry.open_finance else None,
        "oauth": entry.open_finance or entry.oauth,
        "oauthUrl": None,
        "resetPasswordUrl": None,
        "health": {"status": entry.health, "stage": entry.stage},
        "isOpenFinance": entry.open_finance,
        "isSandbox": entry.sandbox,
        "supportsPaymentInitiation": pays,
        "supportsScheduledPayments": pays,
        "supportsSmartTransfers": pays,
        "supportsBoletoManagement": False,
        "supportsAutomaticPix": pays,
        "createdAt": _MADE,
        "updatedAt": _CHANGED,
    }


def _credential(name: str) -> Json:
    return {"mfa": False, "optional": False, **_forms()[name]}


@cache
def _forms() -> dict[str, Json]:
    return msgspec.convert(yaml.safe_load(_text("forms.yaml")), dict[str, dict[str, object]])


def _text(name: str) -> str:
    return resources.files("pluggy_sandbox.catalogue").joinpath(name).read_text(encoding="utf-8")
