"""Two people of the staff, who belong to a company of their own, and a shop that they look at."""

import pytest
from django.test import Client
from tests.billing.conftest import shop
from tests.builders import make_company, make_member, make_user
from tests.people import signed_in

from financehub.companies.models import Role, User

__all__ = ["shop"]


@pytest.fixture
def operator(db: None) -> User:
    """Olga of the staff."""
    user = make_user(email="olga@example.com", name="Olga", is_staff=True)
    make_member(company=make_company(name="Finance Hub"), user=user, role=Role.OWNER)
    return user


@pytest.fixture
def colleague(db: None) -> User:
    """Paulo of the staff."""
    user = make_user(email="paulo@example.com", name="Paulo", is_staff=True)
    make_member(company=make_company(name="Finance Hub 2"), user=user, role=Role.OWNER)
    return user


@pytest.fixture
def staff(operator: User) -> Client:
    return signed_in(operator)


@pytest.fixture
def second(colleague: User) -> Client:
    return signed_in(colleague)
