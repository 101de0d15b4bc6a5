"""A walk over every page, for every kind of caller, with ids of another company: nothing leaves, nothing changes."""

from itertools import chain
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings
from tests.builders import make_account, make_connector, make_item, make_transaction
from tests.webhooks.rows import make_event

from financehub.audit.recording import Actor
from financehub.banking.models import ParkedItem, ReviewCase, Sync, TransferPair
from financehub.companies import api_keys, inviting
from financehub.companies.access import membership_of
from financehub.companies.models import Company, Membership, Role, User
from financehub.core import clock
from financehub.notifications import telling
from financehub.notifications.models import Delivery, PushSubscription, TelegramChat, WebhookEndpoint

pytestmark = pytest.mark.django_db

SECRET = "Segredo da Ana"
METHODS = ("get", "post")
OPEN_TO_ALL = {"set_language", "home", "leave-mail", "plan-pay-link", "service-worker"}
PART_OF_ALLAUTH = ("account_", "mfa_")
STAFF_ONLY = "staff-"
A_VIEWER_MAY = {"company-new", "company-switch", "set_language"}


def routes(patterns: list[URLPattern | URLResolver]) -> dict[str, URLPattern]:
    """Every named page of ours with its pattern; the API has a walk of its own."""
    found: dict[str, URLPattern] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("api"):
                found |= routes(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(PART_OF_ALLAUTH):
            found[pattern.name] = pattern
    return found


PAGES = routes(get_resolver().url_patterns)
PAGES_OF_A_ROW = [name for name, pattern in PAGES.items() if "_id" in str(pattern.pattern)]


@pytest.fixture(autouse=True)
def _pluggy_is_silent(settings: Settings) -> None:
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = ""


@pytest.fixture
def rows(bakery: Company, ana: User, by_ana: Actor) -> list[object]:
    """One row of every kind that a page can name, all the bakery's, holding SECRET where they may."""
    item = make_item(company=bakery, connector=make_connector(name=SECRET))
    account = make_account(company=bakery, item=item, name=SECRET)
    by_hand = make_account(company=bakery, is_manual=True, name=SECRET)
    card = make_account(company=bakery, item=item, type="CREDIT", name=SECRET)
    at = clock.now()
    return [
        item,
        account,
        by_hand,
        card,
        make_transaction(account=account, description=SECRET),
        make_transaction(account=card, description=SECRET),
        make_transaction(account=by_hand, description=SECRET, source="manual"),
        Sync.objects.create(
            company=bakery, item=item, trigger="timer", status="SUCCEEDED", due_at=at, requested_at=at
        ),
        ParkedItem.objects.create(company_id=bakery.id, pluggy_id=uuid4(), created_at=at),
        ReviewCase.objects.create(company=bakery, kind="rekeyed", subject="x", opened_at=at),
        pair_of(bakery),
        TelegramChat.objects.create(person=ana, chat_id=501, company=bakery, linked_at=at),
        make_event(company_id=bakery.id),
        membership_of(ana, bakery),
        inviting.invite(
            company=bakery,
            email="dora@example.com",
            role=Role.VIEWER,
            inviter=ana,
            by=by_ana,
            link_to=lambda token: token,
        ),
        api_keys.issue(company=bakery, name=SECRET, scopes=["read"], creator=ana, by=by_ana).key,
        *rows_of_notifications(bakery, ana),
    ]


def rows_of_notifications(company: Company, person: User) -> list[object]:
    """What the pages of notifications can name: the person's, and the company's endpoint with a delivery."""
    at = clock.now()
    words = {"institution": SECRET}
    (told,) = telling.tell(company, "connection_refused", key="1", words=words, to=[person])
    endpoint = WebhookEndpoint.objects.create(
        company=company, url="https://e.example/", description=SECRET, secret="whsec_AAAA", created_at=at
    )
    return [
        told,
        endpoint,
        Delivery.objects.create(
            company=company, notification=told, channel="webhook", target=str(endpoint.pk), due_at=at
        ),
        PushSubscription.objects.create(
            person=person, endpoint_hash="h", subscription={}, browser=SECRET, created_at=at
        ),
    ]


def pair_of(company: Company) -> TransferPair:
    """Money between two of the company's accounts."""
    rows = [
        make_transaction(account=make_account(company=company, name=SECRET), amount_cents=cents)
        for cents in (-1, 1)
    ]
    return TransferPair.objects.create(
        company=company,
        kind="transfer",
        sent=rows[0],
        received=rows[1],
        score=100,
        reasons=[],
        decided_by="rule",
        created_at=clock.now(),
    )


def addresses(name: str, rows: list[object]) -> list[str]:
    """The page's address with each row's id in its place."""
    parameters = PAGES[name].pattern.converters or PAGES[name].pattern.regex.groupindex
    if not parameters:
        return [reverse(name)]
    if "token" in parameters:
        return [reverse(name, args=["made-up"])]
    return [reverse(name, args=[row.pk]) for row in rows]  # type: ignore[attr-defined]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the rooms, as the database has it."""
    models = chain.from_iterable(
        apps.get_app_config(label).get_models() for label in ("banking", "companies")
    )
    return {
        model._meta.label: list(
            model._base_manager.order_by("pk").values_list(
                *[field.attname for field in model._meta.concrete_fields]
            )
        )
        for model in models
        if model is not User  # a sign-in is written there
    }


@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    def test_sends_a_visitor_to_sign_in(self, name: str, rows: list[object], client: Client) -> None:
        before = everything()
        for address in addresses(name, rows):
            for method in METHODS:
                answer = getattr(client, method)(address)
                assert SECRET not in answer.content.decode()
                if name not in OPEN_TO_ALL and answer.status_code != 405:
                    assert answer.headers["Location"].startswith("/conta/entrar/"), address
        assert everything() == before

    def test_lets_a_viewer_change_nothing(
        self, name: str, rows: list[object], bruno: User, bruno_browser: Client
    ) -> None:
        before = everything()
        for address in addresses(name, rows):
            for method in METHODS:
                answer = getattr(bruno_browser, method)(
                    address, {"role": "owner", "name": "x", "scopes": "read"}
                )
                assert answer.status_code in {200, 302, 400, 403, 404, 405, 410}, address
        if name not in A_VIEWER_MAY:
            assert everything() == before

    def test_opens_for_an_owner(self, name: str, rows: list[object], ana_browser: Client) -> None:
        answers = [ana_browser.get(address).status_code for address in addresses(name, rows)]
        if name.startswith(STAFF_ONLY):
            assert set(answers) <= {404, 405}  # methods are refused before people
            return
        assert set(answers) <= {200, 302, 404, 405, 410}
        assert set(answers) & {200, 302, 405, 410}


@pytest.mark.parametrize("name", PAGES_OF_A_ROW)
class TestEveryPageOfARow:
    def test_does_not_exist_for_another_company(
        self, name: str, rows: list[object], carla: User, carla_browser: Client
    ) -> None:
        before = everything()
        for address in addresses(name, rows):
            for method in METHODS:
                answer = getattr(carla_browser, method)(address, {"role": "owner", "name": "x"})
                assert answer.status_code in {404, 405}, (address, answer.status_code)
                assert SECRET not in answer.content.decode()
        assert everything() == before

    def test_does_not_exist_for_an_id_of_nobody(self, name: str, ana_browser: Client) -> None:
        for method in METHODS:
            answer = getattr(ana_browser, method)(reverse(name, args=[uuid4()]))
            assert answer.status_code in {404, 405}


def test_the_pages_without_an_id_show_nothing_of_another_company(
    rows: list[object], carla: User, carla_browser: Client
) -> None:
    for name in PAGES.keys() - set(PAGES_OF_A_ROW):
        for address in addresses(name, rows):
            assert SECRET not in carla_browser.get(address, follow=True).content.decode(), address


def test_filters_find_nothing_of_another_company(rows: list[object], carla_browser: Client) -> None:
    for row in rows:
        for key in ("account", "item", "after", "search"):
            answer = carla_browser.get("/transacoes", {key: str(row.pk)})  # type: ignore[attr-defined]
            assert SECRET not in answer.content.decode()


def test_the_walk_knows_every_kind_of_row_a_page_can_name(rows: list[object]) -> None:
    kinds = {type(row).__name__.lower() for row in rows} | {"parked", "key", "case", "pair", "event"}
    ours = [pattern for page, pattern in PAGES.items() if not page.startswith(STAFF_ONLY)]
    named = {str(name) for pattern in ours for name in pattern.pattern.converters if name != "token"}
    assert {name.removesuffix("_id") for name in named} <= kinds
    assert Membership.objects.across_companies().exists()
