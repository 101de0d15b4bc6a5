"""The three people of every permission question: Ana owns the bakery, Bruno may look, Carla is a stranger."""

import pytest
from django.test import Client
from tests.builders import make_company, make_member, make_user

from financehub.audit.recording import Actor
from financehub.companies.models import Company, Role, User


@pytest.fixture
def bakery(db: None) -> Company:
    """The company of most stories."""
    return make_company(name="Padaria da Ana")


@pytest.fixture
def ana(bakery: Company) -> User:
    """Owner of the bakery."""
    user = make_user(email="ana@example.com", name="Ana")
    make_member(company=bakery, user=user, role=Role.OWNER)
    return user


@pytest.fixture
def bruno(bakery: Company) -> User:
    """Viewer in the bakery."""
    user = make_user(email="bruno@example.com", name="Bruno")
    make_member(company=bakery, user=user, role=Role.VIEWER)
    return user


@pytest.fixture
def carla(db: None) -> User:
    """Owner of another company, a stranger to the bakery."""
    user = make_user(email="carla@example.com", name="Carla")
    make_member(company=make_company(name="Oficina da Carla"), user=user, role=Role.OWNER)
    return user


@pytest.fixture
def by_ana(ana: User) -> Actor:
    return Actor("user", ana.id)


@pytest.fixture
def by_bruno(bruno: User) -> Actor:
    return Actor("user", bruno.id)


@pytest.fixture
def by_carla(carla: User) -> Actor:
    return Actor("user", carla.id)


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ana_browser(ana: User) -> Client:
    return signed_in(ana)


@pytest.fixture
def bruno_browser(bruno: User) -> Client:
    return signed_in(bruno)


@pytest.fixture
def carla_browser(carla: User) -> Client:
    return signed_in(carla)
