"""A scenario file read and checked: one bank customer, its accounts, and the money that moves."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import yaml

Number = float | int
_HERE = resources.files("pluggy_sandbox.portfolio")


class ScenarioInvalid(ValueError):
    """A scenario file that cannot be used; the message names the file and the field."""


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bank customer: 11 document digits make a person, 14 a company."""

    name: str
    document: str
    birth: date  # of a company: its incorporation
    job: str
    employer: str
    income: Number  # reais a month; of a company: its revenue
    email: str
    phone: str  # area code and number, digits
    street: str
    district: str
    city: str
    state: str
    zip: str
    ibge: str
    sex: str | None = None
    marital_status: str | None = None
    mother: str | None = None
    father: str | None = None
    trade_name: str | None = None
    partner: str | None = None

    @property
    def is_company(self) -> bool:
        return len(self.document) == 14


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the scenario is chosen: every list that is not empty must hold the value."""

    users: list[str] = []
    types: list[str] = []
    connectors: list[int] = []


class Sweep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Automatic investment: money above `keep` is invested at night, and comes back when it is missing."""

    keep: Number
    step: Number = 100


class AccountPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One account of the customer. Card fields only matter for type CREDIT."""

    type: str
    subtype: str
    name: str
    marketing_name: str | None = None
    opening: Number = 0
    overdraft_limit: Number = 0
    sweep: Sweep | None = None
    yield_: Number = msgspec.field(default=0, name="yield")  # monthly, of a savings account
    holder: str | None = None  # another customer of people.yaml, when one login has several companies
    shared_with: str | None = None  # second holder of a joint account
    brand: str = "MASTERCARD"
    level: str = "GOLD"
    limit: Number = 5000
    closing_day: int = 3
    due_day: int = 10
    paid_from: str | None = None
    late_chance: Number = 0
    additional: list[str] = []  # last digits of additional and virtual cards


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The other side of a payment; `own` is the customer at another bank."""

    name: str = ""
    person: bool = False
    own: bool = False
    document: str | None = None


class Flow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that moves again and again. Days: exactly one of `day`, `weekday`, `every`, `times`."""

    name: str
    account: str
    direction: str = "out"
    amount: Number | list[Number] | None = None
    step: Number | None = None
    day: int | None = None
    workday: bool = False
    months: list[int] = []
    weekday: int | None = None  # 0 is Monday
    every: str | None = None  # "workday" or "day"
    times: list[int] | None = None
    chance: Number = 1
    twins: Number = 0  # how often a second, equal row falls on the same day
    merchants: list[str] = []
    people: str | None = None
    party: Party | None = None
    description: str = "{merchant}"
    raw: str = "{raw}"
    category: str | None = None
    method: str | None = None
    mcc: int | None = None
    fee: str | None = None
    fee_rate: Number = 0  # of a settlement: what the acquirer kept
    instalments: list[int] | None = None
    currency: str | None = None
    clock: str | None = None  # bare, midnight, time
    scheduled: bool = False
    reason: str | None = None


class Holding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One investment: what was put in, what is added every month, how it grows."""

    type: str
    subtype: str
    name: str
    initial: Number
    monthly: Number = 0
    growth: Number = 0.008
    issuer: str | None = None
    code: str | None = None
    isin: str | None = None
    rate: Number | None = None
    rate_type: str | None = None
    price: Number | None = None
    due_years: int | None = None
    dividends: Number = 0  # of the balance, every third month
    sells: Number = 0  # reais sold every half year
    tax_exempt: bool = False


class Debt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One loan contract, `paid` instalments into its life when the history starts."""

    kind: str
    type: str
    product: str
    amount: Number
    instalment: Number
    months: int
    paid: int
    monthly_rate: Number
    day: int
    system: str = "PRICE"
    warranty: Number | None = None


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole file."""

    name: str
    person: str | Person
    accounts: dict[str, AccountPlan]
    match: Match = Match()
    flows: list[Flow] = []
    investments: list[Holding] = []
    loans: list[Debt] = []

    def customer(self, login: str) -> Person:
        """Who the accounts belong to; a login that is another CPF or CNPJ is another customer."""
        person = self.person if isinstance(self.person, Person) else people()[self.person]
        if not login.isdigit() or len(login) != len(person.document) or login == person.document:
            return person
        options = names("clients" if person.is_company else "people")
        name = options[int(login) % len(options)]
        return msgspec.structs.replace(person, name=name, document=login)


class Merchant(msgspec.Struct, frozen=True):
    """A shop as the card network names it; prices in cents."""

    name: str
    raw: str
    mcc: int
    category: str
    low: int
    high: int


def cents(amount: Number) -> int:
    """Reais as written in a YAML file, in integer cents."""
    return int((Decimal(str(amount)) * 100).to_integral_value())


def read_scenario(path: Path) -> Scenario:
    """The scenario in a YAML file. Raises ScenarioInvalid with the field at fault."""
    try:
        scenario = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Scenario)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise ScenarioInvalid(f"{path}: {error}") from error
    _check(scenario, path)
    return scenario


def _check(scenario: Scenario, path: Path) -> None:
    if isinstance(scenario.person, str) and scenario.person not in people():
        raise ScenarioInvalid(f"{path}: person {scenario.person!r} is not in people.yaml")
    for name, plan in scenario.accounts.items():
        if plan.holder is not None and plan.holder not in people():
            raise ScenarioInvalid(f"{path}: holder {plan.holder!r} of account {name!r} is not in people.yaml")
    for flow in scenario.flows:
        if flow.account not in scenario.accounts:
            raise ScenarioInvalid(f"{path}: flow {flow.name!r} names an unknown account {flow.account!r}")
        if [flow.day, flow.weekday, flow.every, flow.times].count(None) != 3:
            raise ScenarioInvalid(
                f"{path}: flow {flow.name!r} needs exactly one of day, weekday, every, times"
            )
        if flow.amount is None and not flow.merchants:
            raise ScenarioInvalid(f"{path}: flow {flow.name!r} needs an amount or merchants")


@cache
def people() -> dict[str, Person]:
    """The customers that scenarios name."""
    text = (_HERE / "people.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, Person])


@cache
def names(kind: str) -> list[str]:
    """A list of counterparties: `people`, `clients`, `suppliers` or `staff`."""
    return (_HERE / f"{kind}.csv").read_text(encoding="utf-8").split("\n")[:-1]


@cache
def merchants() -> dict[str, list[Merchant]]:
    """Shops by group."""
    groups: dict[str, list[Merchant]] = {}
    for row in _table("merchants.csv"):
        shop = Merchant(
            row["name"],
            row["raw"],
            int(row["mcc"]),
            row["category"],
            cents_of(row["low"]),
            cents_of(row["high"]),
        )
        groups.setdefault(row["group"], []).append(shop)
    return groups


@cache
def banks() -> list[tuple[str, str]]:
    """(COMPE, ISPB) of banks that counterparties use."""
    return [(row["compe"], row["ispb"]) for row in _table("banks.csv")]


def cents_of(text: str) -> int:
    """Reais written in a table, in integer cents."""
    return int(Decimal(text) * 100)


def _table(name: str) -> list[dict[str, str]]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))
