"""A walk over every route, for every role, with ids of another company: nothing leaves a tenant, nothing is written."""

from uuid import uuid4

import pytest
from tests.api.callers import Caller, in_browser, with_key
from tests.api.test_api import PUBLIC, operations
from tests.builders import make_account, make_connector, make_item, make_member, make_transaction

from financehub.audit.models import AuditLog
from financehub.banking.models import Account, ConnectAttempt, Item, ReviewCase, Sync, Transaction
from financehub.companies.models import Role
from financehub.companies.permissions import BY_ROLE, Permission
from financehub.core import clock

SECRET = "Segredo da Ana"
ROUTES = [
    operation
    for operation in operations()
    if operation.operation_id not in PUBLIC
    and operation.include_in_schema  # the other spelling is the same view
]
NAMES = [f"{operation.methods[0]} {operation.path}" for operation in ROUTES]
NEEDS_ID = (
    "{id}",
    "{itemId}",
    "open-finance/sync",
    "open-finance/disconnect",
    "open-finance/save-connection",
    "callback",
)


@pytest.fixture
def anas(bakery):
    """One row of every kind that Ana's company has; each holds SECRET where it may."""
    item = make_item(company=bakery, connector=make_connector(name=SECRET))
    account = make_account(company=bakery, item=item, name=SECRET)
    by_hand = make_account(company=bakery, is_manual=True, name=SECRET)
    other = make_item(company=bakery, connector=item.connector)
    card = make_account(company=bakery, item=other, type="CREDIT", name=SECRET)
    purchase = make_transaction(account=card, description=SECRET)
    row = make_transaction(account=account, description=SECRET)
    at = clock.now()
    sync = Sync.objects.create(
        company=bakery, item=item, trigger="timer", status="SUCCEEDED", due_at=at, requested_at=at
    )
    return {
        "item": item,
        "account": account,
        "by_hand": by_hand,
        "card": card,
        "transaction": row,
        "purchase": purchase,
        "sync": sync,
        "case": ReviewCase.objects.create(company=bakery, kind="rekeyed", subject="x", opened_at=at),
    }


def body_for(path, ids):
    """The body each route takes, naming Ana's rows."""
    if "review" in path:
        return {"of": str(ids["transaction"].pk), "transaction": str(ids["purchase"].pk)}
    if "transactions" in path:
        entry = {"amountCents": 100, "date": "2026-01-02", "description": "x", "note": "mine"}
        return {**entry, "account": str(ids["by_hand"].pk)}
    if path.endswith("adjustments/"):
        return {"note": "x"}
    if path.endswith("accounts/"):
        return {"name": "Caixa"}
    if "mfa" in path:
        return {"value": "123456"}
    return {"itemId": str(ids["item"].pluggy_id)}


def paths_for(operation, ids):
    """The route's address with each of Ana's ids in its place."""
    path = f"/api{operation.path}".replace("{deliveryId}", str(uuid4()))
    if "{itemId}" in path:
        return [path.replace("{itemId}", str(ids["item"].pluggy_id))]
    if "{id}" in path:
        return [path.replace("{id}", str(row.pk)) for row in ids.values()]
    return [path]


def rows():
    """How many rows there are of everything a route could write, and what they say."""
    kinds = (Item, Account, Transaction, Sync, ConnectAttempt)
    counts = [kind.objects.across_companies().count() for kind in kinds]
    hidden = Transaction.objects.across_companies().filter(deleted_at__isnull=False).count()
    noted = Transaction.objects.across_companies().filter(own_note__isnull=False).count()
    return [*counts, hidden, noted]


@pytest.fixture(autouse=True)
def pluggy_is_on_but_silent(settings):
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "nobody"
    settings.PLUGGY_ATTEMPTS = 1


def is_about_one_row(operation):
    if operation.operation_id == "create_transaction":  # into an account that the body names
        return True
    return any(mark in operation.path for mark in NEEDS_ID)


def writes(operation):
    return operation.auth_callbacks[0]._permission != Permission.READ


@pytest.mark.parametrize("operation", ROUTES, ids=NAMES)
class TestEveryRoute:
    def test_is_shut_without_a_key_or_a_session(self, operation, anas):
        before = rows()
        for path in paths_for(operation, anas):
            answer = Caller().call(operation.methods[0], path, body_for(operation.path, anas))
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")
            assert SECRET not in answer.content.decode()
        assert rows() == before

    def test_shows_and_does_nothing_of_another_company(self, operation, anas, stranger, carla):
        before, deeds = rows(), AuditLog.objects.filter(company_id=anas["item"].company_id).count()
        for caller in (stranger, in_browser(carla)):
            for path in paths_for(operation, anas):
                answer = caller.call(operation.methods[0], path, body_for(operation.path, anas))
                assert SECRET not in answer.content.decode(), path
                if is_about_one_row(operation):
                    assert answer.status_code in {404, 503}, (path, answer.content)
        if is_about_one_row(operation):
            assert rows() == before
        assert AuditLog.objects.filter(company_id=anas["item"].company_id).count() == deeds

    def test_lets_a_reader_only_read(self, operation, anas, ana, viewer, bakery):
        before = rows()
        for caller in (viewer, with_key(ana, bakery, "read")):
            for path in paths_for(operation, anas):
                answer = caller.call(operation.methods[0], path, body_for(operation.path, anas))
                if writes(operation):
                    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "denied"), path
                else:
                    assert answer.status_code in {200, 404}, path
        assert rows() == before

    def test_lets_every_other_role_in(self, operation, anas, bakery):
        needed = operation.auth_callbacks[0]._permission
        for role in (role for role in (Role.OWNER, Role.ADMIN, Role.MEMBER) if needed in BY_ROLE[role]):
            caller = in_browser(make_member(company=bakery, role=role).user)
            for path in paths_for(operation, anas):
                answer = caller.call(operation.methods[0], path, body_for(operation.path, anas))
                assert answer.status_code not in {401, 403, 405, 500}, (path, answer.content)

    def test_says_not_found_for_an_id_of_nobody(self, operation, anas, ana, bakery):
        program = with_key(ana, bakery, "admin")
        for name in ("{id}", "{itemId}"):
            if name in operation.path:
                path = f"/api{operation.path}".replace(name, str(uuid4())).replace(
                    "{deliveryId}", str(uuid4())
                )
                answer = program.call(operation.methods[0], path, body_for(operation.path, anas))
                assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


class TestFilters:
    @pytest.mark.parametrize(
        ("name", "kind", "attribute"),
        [
            ("account", "account", "pk"),
            ("accountId", "account", "pluggy_id"),
            ("item", "item", "pk"),
            ("itemId", "item", "pluggy_id"),
        ],
    )
    def test_do_not_find_what_another_company_has(self, anas, stranger, program, name, kind, attribute):
        value = str(getattr(anas[kind], attribute))
        assert stranger.get("/api/banking/transactions/", **{name: value}).status_code == 404
        assert len(program.get("/api/banking/transactions/", **{name: value}).json()["results"]) == 1
