"""The company's page: people, invitations, keys, the trail, and changing between companies."""

import re
from pathlib import Path

import pytest
from django.test import Client

import financehub
from financehub.audit.recording import Actor
from financehub.billing.models import PlanChange
from financehub.companies import api_keys, registering
from financehub.companies.access import membership_of, memberships_of
from financehub.companies.models import ApiKey, Company, Role, User
from financehub.web import texts

pytestmark = pytest.mark.django_db(transaction=True)


def page(browser: Client, address: str = "/empresa/") -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestOverview:
    def test_shows_an_owner_everything(self, bakery: Company, ana_browser: Client, bruno: User) -> None:
        text = page(ana_browser)
        assert "Padaria da Ana" in text
        assert "bruno@example.com" in text
        assert all(part in text for part in ("Enviar convite", "Criar chave", "Ver o que foi feito"))

    def test_offers_a_viewer_only_what_a_viewer_may(self, ana: User, bruno_browser: Client) -> None:
        text = page(bruno_browser)
        assert "ana@example.com" in text
        assert not any(
            part in text for part in ("Enviar convite", "Criar chave", "Trocar papel", "Ver o que foi feito")
        )

    def test_never_shows_the_alias_the_vendor_knows(self, bakery: Company, ana_browser: Client) -> None:
        assert str(bakery.vendor_alias) not in page(ana_browser)

    def test_sends_a_visitor_to_sign_in(self, client: Client) -> None:
        assert client.get("/empresa/").headers["Location"] == "/conta/entrar/?next=/empresa/"

    def test_speaks_english_on_request(self, ana_browser: Client) -> None:
        ana_browser.cookies["django_language"] = "en"
        assert "Send invitation" in page(ana_browser)


class TestMembers:
    def test_an_owner_changes_a_role(self, bakery: Company, ana_browser: Client, bruno: User) -> None:
        place = membership_of(bruno, bakery)
        ana_browser.post(f"/empresa/membros/{place.id}/papel/", {"role": "admin"})
        assert membership_of(bruno, bakery).role == Role.ADMIN

    def test_an_owner_removes_a_member(self, bakery: Company, ana_browser: Client, bruno: User) -> None:
        ana_browser.post(f"/empresa/membros/{membership_of(bruno, bakery).id}/remover/")
        assert memberships_of(bruno) == []

    def test_the_last_owner_is_told_why_not(self, bakery: Company, ana: User, ana_browser: Client) -> None:
        answer = ana_browser.post(f"/empresa/membros/{membership_of(ana, bakery).id}/remover/", follow=True)
        assert "A empresa precisa de um dono." in answer.content.decode()

    def test_a_viewer_changes_nobody(self, bakery: Company, ana: User, bruno_browser: Client) -> None:
        place = membership_of(ana, bakery)
        answer = bruno_browser.post(f"/empresa/membros/{place.id}/papel/", {"role": "viewer"}, follow=True)
        assert "Você não pode fazer isso nesta empresa." in answer.content.decode()
        assert membership_of(ana, bakery).role == Role.OWNER

    @pytest.mark.parametrize("deed", ["papel", "remover"])
    def test_another_company_does_not_exist(
        self, bakery: Company, bruno: User, carla_browser: Client, deed: str
    ) -> None:
        place = membership_of(bruno, bakery)
        assert (
            carla_browser.post(f"/empresa/membros/{place.id}/{deed}/", {"role": "owner"}).status_code == 404
        )
        assert membership_of(bruno, bakery).role == Role.VIEWER


class TestKeys:
    def issue(self, browser: Client) -> str:
        answer = browser.post("/empresa/chaves/", {"name": "ERP", "scopes": ["read"]})
        assert "no-store" in answer.headers["Cache-Control"]
        found = re.search(r'value="(fh_\w+)"', answer.content.decode())
        assert found
        return found[1]

    def test_a_key_is_shown_once_and_works(self, bakery: Company, ana_browser: Client) -> None:
        secret = self.issue(ana_browser)
        assert api_keys.authenticate(secret).company == bakery
        assert secret not in page(ana_browser)
        assert secret[:11] in page(ana_browser)

    def test_a_revoked_key_stops_working(self, ana_browser: Client) -> None:
        secret = self.issue(ana_browser)
        ana_browser.post(f"/empresa/chaves/{api_keys.authenticate(secret).id}/revogar/")
        with pytest.raises(api_keys.InvalidApiKey):
            api_keys.authenticate(secret)
        assert "Revogada" in page(ana_browser)

    def test_another_company_cannot_revoke_it(self, ana_browser: Client, carla_browser: Client) -> None:
        key = api_keys.authenticate(self.issue(ana_browser))
        assert carla_browser.post(f"/empresa/chaves/{key.id}/revogar/").status_code == 404
        assert not ApiKey.objects.across_companies().get().is_revoked

    def test_a_viewer_gets_none(self, bruno_browser: Client) -> None:
        bruno_browser.post("/empresa/chaves/", {"name": "ERP", "scopes": ["read"]})
        assert not ApiKey.objects.across_companies().exists()


class TestCompanies:
    def test_a_person_opens_another_and_changes_between_them(
        self, bakery: Company, ana: User, ana_browser: Client
    ) -> None:
        ana_browser.post("/empresa/nova/", {"name": "Confeitaria da Ana"})
        assert "<h1>Confeitaria da Ana</h1>" in page(ana_browser)
        ana_browser.post("/empresa/trocar/", {"company": str(bakery.id)})
        assert "<h1>Padaria da Ana</h1>" in page(ana_browser)

    def test_nobody_changes_to_a_company_of_others(self, bakery: Company, carla_browser: Client) -> None:
        carla_browser.post("/empresa/trocar/", {"company": str(bakery.id)})
        assert "<h1>Oficina da Carla</h1>" in page(carla_browser)

    def test_an_owner_renames_and_a_viewer_does_not(
        self, bakery: Company, ana_browser: Client, bruno_browser: Client
    ) -> None:
        bruno_browser.post("/empresa/nome/", {"name": "Do Bruno"})
        ana_browser.post("/empresa/nome/", {"name": "Padaria Nova"})
        bakery.refresh_from_db()
        assert bakery.name == "Padaria Nova"


class TestTrail:
    def test_names_who_did_what(self, bakery: Company, by_ana: Actor, ana_browser: Client) -> None:
        registering.rename_company(company=bakery, name="Padaria Nova", by=by_ana)
        text = page(ana_browser, "/empresa/auditoria/")
        assert "Trocou o nome da empresa" in text
        assert "<td>Ana</td>" in text

    def test_is_not_for_viewers(self, bruno_browser: Client) -> None:
        assert bruno_browser.get("/empresa/auditoria/").status_code == 403

    def test_shows_nothing_of_another_company(
        self, bakery: Company, by_ana: Actor, carla_browser: Client
    ) -> None:
        registering.rename_company(company=bakery, name="Padaria Nova", by=by_ana)
        assert "Trocou o nome" not in page(carla_browser, "/empresa/auditoria/")

    def test_goes_on_page_by_page(self, bakery: Company, by_ana: Actor, ana_browser: Client) -> None:
        for number in range(51):
            registering.rename_company(company=bakery, name=f"Nome {number}", by=by_ana)
        found = re.search(r'href="(\?after=[^"]+)"', page(ana_browser, "/empresa/auditoria/"))
        assert found
        assert page(ana_browser, f"/empresa/auditoria/{found[1]}").count("Trocou o nome") == 1

    def test_a_broken_page_mark_starts_over(self, ana_browser: Client) -> None:
        assert ana_browser.get("/empresa/auditoria/?after=x").headers["Location"] == "/empresa/auditoria/"


def recorded() -> set[str]:
    """Actions that are written to the trail by a literal."""
    sources = Path(financehub.__file__).parent.rglob("*.py")
    return {name for source in sources for name in re.findall(r'record\(\s*"([a-z_.]+)"', source.read_text())}


def test_every_deed_that_a_company_can_see_has_words() -> None:
    sources = Path(financehub.__file__).parent.rglob("*.py")
    actions = {
        action
        for source in sources
        for action in re.findall(
            r'"((?:billing|company|open_finance|webhooks)\.[a-z_]+)"', source.read_text()
        )
    }
    from_states = {f"billing.plan_{deed}" for deed in PlanChange.Deed.values}
    from_states |= {f"billing.dunning_{status}" for status in ("opened", "paid", "given_up", "stopped")}
    of_companies = {name for name in recorded() if not name.startswith(("person.", "operations."))}
    assert of_companies - set(texts.AUDITED) == set()
    assert set(texts.AUDITED) <= actions | from_states
