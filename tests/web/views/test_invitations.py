"""Inviting by e-mail: the right person joins once, nobody else does."""

import re

import pytest
from django.core import mail
from django.test import Client
from tests.builders import make_user
from tests.people import signed_in

from financehub.companies import inviting
from financehub.companies.access import membership_of, memberships_of
from financehub.companies.models import Company, Invitation, Role, User

pytestmark = pytest.mark.django_db(transaction=True)


def page(browser: Client, address: str = "/empresa/") -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestInvitations:
    def link(self, browser: Client, email: str = "dora@example.com") -> str:
        browser.post("/empresa/convites/", {"email": email, "role": "member"})
        found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
        assert found
        return found[1]

    def test_the_invited_person_joins_and_sees_the_company(
        self, bakery: Company, ana_browser: Client
    ) -> None:
        link, dora = self.link(ana_browser), make_user(email="dora@example.com")
        browser = signed_in(dora)
        assert "Entrar em Padaria da Ana?" in page(browser, link)
        browser.post(link)
        assert membership_of(dora, bakery).role == Role.MEMBER
        assert "Padaria da Ana" in page(browser)

    def test_a_visitor_signs_in_first_and_comes_back(self, client: Client, ana_browser: Client) -> None:
        link = self.link(ana_browser)
        assert client.get(link).headers["Location"] == f"/conta/entrar/?next={link}"

    def test_somebody_else_cannot_take_it(
        self, bakery: Company, ana_browser: Client, carla: User, carla_browser: Client
    ) -> None:
        answer = carla_browser.post(self.link(ana_browser))
        assert answer.status_code == 410
        assert "outro endereço" in answer.content.decode()
        assert [place.company for place in memberships_of(carla)] != [bakery]

    def test_one_taken_back_no_longer_opens(self, bakery: Company, ana_browser: Client) -> None:
        link = self.link(ana_browser)
        (invitation,) = inviting.open_invitations(bakery)
        ana_browser.post(f"/empresa/convites/{invitation.id}/cancelar/")
        assert signed_in(make_user(email="dora@example.com")).get(link).status_code == 410

    def test_another_company_cannot_take_it_back(
        self, bakery: Company, ana_browser: Client, carla_browser: Client
    ) -> None:
        self.link(ana_browser)
        (invitation,) = inviting.open_invitations(bakery)
        assert carla_browser.post(f"/empresa/convites/{invitation.id}/cancelar/").status_code == 404
        assert inviting.open_invitations(bakery) == [invitation]

    def test_a_viewer_sends_none(self, bruno_browser: Client) -> None:
        bruno_browser.post("/empresa/convites/", {"email": "dora@example.com", "role": "viewer"})
        assert not Invitation.objects.across_companies().exists()
        assert mail.outbox == []
