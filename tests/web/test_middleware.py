"""A page is always about one company of the person, and never about one of others."""

import pytest
from django.test import Client
from tests.builders import make_account, make_member, make_transaction, make_user
from tests.people import signed_in

from financehub.audit.models import AuditLog
from financehub.companies import access
from financehub.companies.models import Company, Role, User

pytestmark = pytest.mark.django_db(transaction=True)


def page(browser: Client, address: str = "/empresa/") -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestCurrentCompany:
    def test_a_person_without_any_gets_a_personal_one(self) -> None:
        user = make_user(email="dora@example.com")
        assert "<h1>dora</h1>" in page(signed_in(user))
        assert AuditLog.objects.get().action == "company.opened"

    def test_losing_the_chosen_company_falls_back_to_another(self, bakery: Company, carla: User) -> None:
        place = make_member(company=bakery, user=carla, role=Role.VIEWER)
        browser = signed_in(carla)
        browser.post("/empresa/trocar/", {"company": str(bakery.id)})
        place.delete()
        assert "<h1>Oficina da Carla</h1>" in page(browser)

    def test_an_address_in_a_message_names_the_company_it_is_about(
        self, bakery: Company, carla: User
    ) -> None:
        make_member(company=bakery, user=carla)
        browser = signed_in(carla)
        place = make_account(company=bakery)
        page = f"/transacoes/{make_transaction(account=place).pk}"
        assert browser.get(page).status_code == 404  # the first company is another one
        assert browser.get(access.page_in(bakery.pk, page)).status_code == 200
        assert browser.get(page).status_code == 200

    @pytest.mark.parametrize("named", ["", "x", "0" * 32])
    def test_an_address_that_names_no_company_of_the_persons_changes_nothing(
        self, named: str, bakery: Company, carla: User
    ) -> None:
        browser = signed_in(carla)
        assert bakery.name not in page(browser, f"/empresa/?empresa={named or bakery.pk.hex}")

    def test_a_visitor_has_none(self, client: Client) -> None:
        request = client.get("/conta/entrar/").wsgi_request
        assert (request.company, request.membership) == (None, None)  # type: ignore[attr-defined]

    def test_the_api_reads_no_session(self, ana_browser: Client) -> None:
        request = ana_browser.get("/api/nothing-here/").wsgi_request
        assert request.company is None  # type: ignore[attr-defined]
        assert "session" not in vars(request)
