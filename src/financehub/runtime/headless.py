"""Connects banks without a browser, through the product's own journeys, and waits for what they bring."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.request import Request, urlopen
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from financehub.banking.models import Account, Item, Sync, Transaction
from financehub.banking.programs import BankConnector, personal_company
from financehub.companies import registering
from financehub.companies.models import Company, User

LOOK_EVERY = 0.2  # seconds
COUNTED = ("read", "new", "changed", "unchanged", "withdrawn", "returned", "queued")


class DidNotArrive(RuntimeError):
    """A bank was connected and its data did not come in time, or not at all."""


@dataclass(frozen=True)
class Login:
    """How somebody enters one bank of the simulator."""

    connector_id: int
    credentials: Mapping[str, str]


@dataclass(frozen=True)
class Haul:
    """What a company has after its first syncs; `receipt` adds the Syncs' own up."""

    accounts: int
    transactions: int
    receipt: dict[str, int]


def sign_up(email: str, password: str, name: str) -> tuple[User, Company]:
    """A person with the company of their own."""
    user = registering.register(email=email, password=password, name=name)
    return user, personal_company(user)


def connect(user: User, company: Company, login: Login) -> Item:
    """Start a connection with credentials, which nobody keeps; what it brings comes later."""
    started = BankConnector().create_connection(
        user_id=user.pk, connector_id=login.connector_id, credentials=login.credentials
    )
    return Item.objects.of(company).get(pk=str(started["item_id"]))


def authorise(item: Item, *, email: str, password: str, seconds: float) -> None:
    """Say yes at the simulator's mock bank, as a person does there. Raises DidNotArrive when it never asks."""
    body = json.dumps({"email": email, "password": password, "decision": "approve"}).encode()
    address = f"{settings.PLUGGY_BASE_URL}/bank/consents/{item.pluggy_id}"
    wanted = Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310  the simulator's
    deadline = time.monotonic() + seconds
    while True:
        with urlopen(wanted, timeout=10) as answer:  # noqa: S310
            if json.load(answer)["taken"]:
                return
        if time.monotonic() > deadline:
            raise DidNotArrive(f"{item.connector.name} asked nobody within {seconds:.0f} seconds")
        time.sleep(LOOK_EVERY)


def wait_for_first_syncs(items: Sequence[Item], *, seconds: float) -> None:
    """Until each Item has been read once. Raises DidNotArrive, with the vendor's reason if there is one."""
    waiting = {item.pk for item in items}
    deadline = time.monotonic() + seconds
    while waiting:
        waiting = {item_id for item_id in waiting if not _was_read(item_id)}
        if waiting and time.monotonic() > deadline:
            raise DidNotArrive(
                f"{len(waiting)} of {len(items)} banks brought nothing within {seconds:.0f} seconds"
            )
        time.sleep(LOOK_EVERY)


def _was_read(item_id: UUID) -> bool:
    item = Item.objects.across_companies().select_related("connector").get(pk=item_id)
    if item.needs_reconnect or item.is_disconnected or item.is_waiting_for_input:
        raise DidNotArrive(
            f"{item.connector.name}: {item.status} {item.execution_status} {item.error_message}"
        )
    failed = Sync.objects.of(item.company_id).filter(item=item, status=Sync.Status.FAILED).first()
    if failed is not None:
        raise DidNotArrive(
            f"{item.connector.name}: the sync failed: {failed.error_code} {failed.error_message}"
        )
    is_open = Sync.objects.of(item.company_id).open().filter(item=item).exists()
    return item.last_sync_at is not None and not is_open


def haul_of(company: Company) -> Haul:
    """Count what arrived."""
    sums = Sync.objects.of(company).aggregate(**{name: Sum(name) for name in COUNTED})
    return Haul(
        accounts=Account.objects.of(company).count(),
        transactions=Transaction.objects.of(company).count(),
        receipt={name: sums[name] or 0 for name in COUNTED},
    )
