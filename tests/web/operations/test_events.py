"""The page of vendor events: who sees what, why something failed, running it again."""

import pytest
from tests.builders import make_company, make_member
from tests.people import signed_in
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.audit.models import AuditLog
from financehub.companies.models import Role
from financehub.webhooks import counting, door_keys
from financehub.webhooks.models import WebhookAlert
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db
PAGE = "/operacao/eventos"


@pytest.fixture
def neighbour():
    return make_company(name="Vizinha")


@pytest.fixture
def dead(bakery, neighbour):
    return make_event(
        body("item/error", secretWord="do-not-show"),
        status="dead",
        attempts=8,
        company_id=bakery.pk,
        last_error="PluggyUnavailable",
    )


def text_of(browser, address=PAGE):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheStream:
    def test_shows_state_attempts_and_reason(self, ana_browser, dead):
        text = text_of(ana_browser)
        assert "item/error" in text
        assert "Falhou de vez" in text
        assert "PluggyUnavailable" in text
        assert "1 evento falhou de vez." in text

    def test_says_the_reason_in_the_language_of_the_page(self, ana_browser, bakery):
        make_event(status="ignored", company_id=bakery.pk, last_error="no such Item here")
        assert "essa conexão não existe aqui" in text_of(ana_browser)
        ana_browser.post("/idioma/", {"language": "en"})
        assert "no such connection here" in text_of(ana_browser)

    def test_speaks_english(self, ana, ana_browser, dead):
        ana_browser.post("/idioma/", {"language": "en"})
        assert "1 event failed for good." in text_of(ana_browser)

    def test_is_filtered(self, ana_browser, dead, bakery):
        make_event(body("item/created"), company_id=bakery.pk)
        text = text_of(ana_browser, f"{PAGE}?situacao=dead&fonte=pluggy")
        assert "item/error" in text
        assert "item/created" not in text
        assert "item/created" in text_of(ana_browser, f"{PAGE}?busca=CREATED")

    def test_goes_on_to_older_ones(self, ana_browser, bakery):
        for _ in range(51):
            make_event(company_id=bakery.pk)
        assert "?depois=" in text_of(ana_browser)
        assert ana_browser.get(f"{PAGE}?depois=x").status_code == 302

    def test_shows_nothing_of_another_company(self, ana_browser, neighbour):
        make_event(body("boleto/updated"), company_id=neighbour.pk)
        make_event(body("payment_intent/error"))
        text = text_of(ana_browser)
        assert "boleto/updated" not in text
        assert "payment_intent/error" not in text
        assert "Portas" not in text
        assert "data-looks" not in text

    def test_shows_everything_to_staff_with_refusals_and_the_age_of_secrets(
        self, ana, ana_browser, neighbour, settings
    ):
        settings.PLUGGY_WEBHOOK_SECRET = ["x"]
        ana.is_staff = True
        ana.save()
        make_event(company_id=neighbour.pk)
        counting.count("pluggy", "authenticity")
        door_keys.note_settings(PLUGGY)
        text = text_of(ana_browser)
        assert "boleto/updated" in text
        counting.count("pluggy", "replay")
        text = text_of(ana_browser)
        assert "Pluggy: autenticidade" in text
        assert "Pluggy: repetição" in text
        assert "data-looks" in text  # no log of one company tells of all
        assert "segredo de" in text

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
    def test_is_for_owners_and_admins_only(self, bakery, role, dead):
        browser = signed_in(make_member(company=bakery, role=role).user)
        for address in (PAGE, f"{PAGE}/{dead.pk}"):
            assert browser.get(address).status_code == 403


class TestOneEvent:
    def test_shows_its_body_to_owners_and_staff_only(self, bakery, dead):
        administrator = make_member(company=bakery, role=Role.ADMIN).user
        text = text_of(signed_in(administrator), f"{PAGE}/{dead.pk}")
        assert "PluggyUnavailable" in text
        assert "itemId" not in text
        administrator.is_staff = True
        administrator.save()
        assert "itemId" in text_of(signed_in(administrator), f"{PAGE}/{dead.pk}")

    def test_shows_its_masked_body_and_the_alarm(self, ana_browser, dead):
        WebhookAlert.objects.create(event=dead, body_hash="x", body="{}", created_at=dead.received_at)
        text = text_of(ana_browser, f"{PAGE}/{dead.pk}")
        assert "itemId" in text
        assert "do-not-show" not in text
        assert "outro conteúdo" in text

    def test_is_run_again_by_a_click_and_the_trail_says_so(self, ana, ana_browser, dead):
        answer = ana_browser.post(f"{PAGE}/{dead.pk}/rodar", follow=True)
        dead.refresh_from_db()
        assert "Na fila de novo." in answer.content.decode()
        assert dead.status == "received"
        assert AuditLog.objects.get(action="webhooks.event_retried").actor_id == ana.pk
        again = ana_browser.post(f"{PAGE}/{dead.pk}/rodar", follow=True)
        assert "já está na fila" in again.content.decode()


class TestRunningAFilter:
    def test_queues_all_that_fit(self, ana_browser, dead, bakery):
        other = make_event(status="handled", company_id=bakery.pk)
        answer = ana_browser.post(f"{PAGE}/rodar", {"situacao": "dead"}, follow=True)
        other.refresh_from_db()
        assert "1 na fila de novo." in answer.content.decode()
        assert other.status == "handled"
