"""The staff's addresses exist for a person of the staff alone: no key, no owner."""

import pytest
from tests.api.callers import Caller, in_browser, with_key
from tests.builders import make_company, make_member, make_user

from financehub.companies.access import memberships_of
from financehub.companies.models import Role

pytestmark = pytest.mark.django_db
PATH = "/api/operations/subscriptions/"


@pytest.fixture
def operator():
    user = make_user(email="olga@example.com", is_staff=True)
    return make_member(company=make_company(), user=user, role=Role.OWNER).user


def codes(caller):
    answer = caller.get(PATH)
    return answer.status_code, answer.json().get("error", {}).get("code")


def test_a_person_of_the_staff_comes_in(operator):
    assert in_browser(operator).get(PATH).json() == {"results": [], "next": None}


def test_owners_keys_even_of_the_staff_and_visitors_do_not(ana, bakery, operator):
    company = memberships_of(operator)[0].company
    assert codes(in_browser(ana)) == (404, "not_found")
    assert codes(with_key(ana, bakery, "admin")) == (404, "not_found")
    assert codes(with_key(operator, company, "admin")) == (404, "not_found")
    assert codes(Caller()) == (401, "unauthenticated")
    assert codes(Caller(HTTP_X_API_KEY="fh_wrong"))[0] == 401


def test_a_write_needs_the_token_of_our_page(operator):
    address = "/api/operations/tasks/00000000-0000-0000-0000-000000000000/close/"
    answer = in_browser(operator).call("POST", address, {}, HTTP_X_CSRFTOKEN="b" * 32)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf_failed")
    assert in_browser(operator).post(address, {}).status_code == 404
