"""A person signs up, in and out, forgets the password, and turns a second factor on."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from tests.builders import PASSWORD

from financehub.audit.models import AuditLog
from financehub.companies.access import memberships_of
from financehub.companies.models import Membership, Role, User

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "outra senha bem longa"


def sign_in(client: Client, email: str = "ana@example.com", password: str = PASSWORD) -> int:
    answer = client.post("/conta/entrar/", {"login": email, "password": password})
    return answer.status_code


def is_signed_in(client: Client) -> bool:
    return client.get("/conta/duas-etapas/").status_code == 200


def actions() -> list[str]:
    return list(AuditLog.objects.order_by("created_at", "id").values_list("action", flat=True))


class TestSignUp:
    def test_opens_a_personal_company_and_signs_in(self, client: Client) -> None:
        answer = client.post("/conta/criar/", {"email": "Dora@example.com", "password1": PASSWORD})
        user = User.objects.get()
        (place,) = memberships_of(user)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert (user.email, place.role, place.company.is_personal) == ("dora@example.com", Role.OWNER, True)
        assert actions() == ["person.signed_up", "company.opened", "person.signed_in"]
        assert is_signed_in(client)

    def test_remembers_the_language_it_was_made_in(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        client.post("/conta/criar/", {"email": "dora@example.com", "password1": PASSWORD})
        assert User.objects.get().language == "en"

    def test_refuses_a_weak_password_in_portuguese(self, client: Client) -> None:
        answer = client.post("/conta/criar/", {"email": "dora@example.com", "password1": "1234"})
        assert "Esta senha é muito curta" in answer.content.decode()
        assert not User.objects.exists()

    def test_refuses_a_taken_address(self, client: Client, ana: User) -> None:
        client.post("/conta/criar/", {"email": "ANA@example.com", "password1": NEW_PASSWORD})
        assert User.objects.count() == 1
        assert Membership.objects.across_companies().count() == 1

    def test_goes_on_when_the_mail_server_is_away(self, client: Client, settings: object) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_PORT = 9  # type: ignore[attr-defined]
        client.post("/conta/criar/", {"email": "dora@example.com", "password1": PASSWORD})
        assert is_signed_in(client)


class TestSignIn:
    def test_is_portuguese_and_english_on_request(self, client: Client) -> None:
        assert "<h1>Entrar</h1>" in client.get("/conta/entrar/").content.decode()
        client.cookies["django_language"] = "en"
        assert "<h1>Sign in</h1>" in client.get("/conta/entrar/").content.decode()

    def test_works_with_the_right_password_and_writes_a_row(self, client: Client, ana: User) -> None:
        assert sign_in(client) == 302
        row = AuditLog.objects.get()
        assert (row.action, row.actor_id, row.ip_address) == ("person.signed_in", ana.id, "127.0.0.1")

    def test_says_the_same_for_a_wrong_password_and_an_unknown_address(
        self, client: Client, ana: User
    ) -> None:
        pages = [
            client.post("/conta/entrar/", {"login": email, "password": "errada"}).content.decode()
            for email in ("ana@example.com", "ninguem@example.com")
        ]
        errors = [re.search(r'role="alert">.*?</div>', page, re.DOTALL) for page in pages]
        assert errors[0]
        assert errors[1]
        assert errors[0][0] == errors[1][0]
        assert "correto" in errors[0][0]

    def test_stops_a_guesser_even_when_the_sixth_guess_is_right(self, client: Client, ana: User) -> None:
        for _ in range(5):
            sign_in(client, password="errada")
        sign_in(client)
        assert not is_signed_in(client)

    def test_never_redirects_to_another_site(self, client: Client, ana: User) -> None:
        answer = client.post(
            "/conta/entrar/", {"login": ana.email, "password": PASSWORD, "next": "https://evil.example/"}
        )
        assert answer.headers["Location"] == "/"

    def test_needs_the_csrf_token(self, ana: User) -> None:
        assert sign_in(Client(enforce_csrf_checks=True)) == 403

    def test_refuses_a_deactivated_person(self, client: Client, ana: User) -> None:
        User.objects.update(is_active=False)
        sign_in(client)
        assert not is_signed_in(client)


class TestSignOut:
    def test_ends_the_session(self, ana_browser: Client) -> None:
        answer = ana_browser.post("/conta/sair/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/conta/entrar/")
        assert not is_signed_in(ana_browser)
        assert actions() == ["person.signed_out"]

    def test_asks_before_when_only_looked_at(self, ana_browser: Client) -> None:
        assert "Sair da conta?" in ana_browser.get("/conta/sair/").content.decode()
        assert is_signed_in(ana_browser)


class TestForgottenPassword:
    def ask(self, client: Client, email: str = "ana@example.com") -> str:
        client.post("/conta/senha/esqueci/", {"email": email})
        found = re.search(r"http://testserver(/conta/\S+)", str(mail.outbox[-1].body))
        assert found
        return found[1]

    def test_is_replaced_through_the_link_in_the_mail(self, client: Client, ana: User) -> None:
        link = self.ask(client)
        assert mail.outbox[0].subject == "Senha nova no Finance Hub"
        form_page = client.get(link, follow=True).request["PATH_INFO"]
        client.post(form_page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert sign_in(client, password=NEW_PASSWORD) == 302
        assert actions() == ["person.password_changed", "person.signed_in"]

    def test_the_link_works_once(self, client: Client, ana: User) -> None:
        link = self.ask(client)
        form_page = client.get(link, follow=True).request["PATH_INFO"]
        client.post(form_page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert "Este link não vale mais" in Client().get(link, follow=True).content.decode()

    def test_ends_every_session_that_was_open(self, client: Client, ana: User, ana_browser: Client) -> None:
        link = self.ask(client)
        form_page = client.get(link, follow=True).request["PATH_INFO"]
        client.post(form_page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert not is_signed_in(ana_browser)

    def test_tells_nobody_whether_an_address_is_known(self, client: Client, ana: User) -> None:
        known = client.post("/conta/senha/esqueci/", {"email": "ana@example.com"})
        unknown = client.post("/conta/senha/esqueci/", {"email": "ninguem@example.com"})
        assert known.headers["Location"] == unknown.headers["Location"]
        assert "não há conta com este endereço" in str(mail.outbox[1].body)


def test_a_changed_password_keeps_this_session_and_ends_the_others(ana: User, client: Client) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/conta/senha/", form)
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)


class TestSecondFactor:
    @pytest.fixture
    def secret(self, client: Client, ana: User) -> str:
        """Ana with TOTP on, signed in."""
        sign_in(client)
        assert client.get("/conta/duas-etapas/ativar/").headers["Location"].startswith("/conta/confirmar/")
        client.post("/conta/confirmar/", {"password": PASSWORD})
        page = client.get("/conta/duas-etapas/ativar/").content.decode()
        found = re.search(r'class="mono">(\w+)<', page)
        assert found
        client.post("/conta/duas-etapas/ativar/", {"code": code_of(found[1])})
        return found[1]

    def test_is_asked_for_after_the_password(self, secret: str) -> None:
        browser = Client()
        answer = browser.post("/conta/entrar/", {"login": "ana@example.com", "password": PASSWORD})
        assert answer.headers["Location"].startswith("/conta/entrar/duas-etapas/")
        assert not is_signed_in(browser)

    def test_opens_with_a_recovery_code_once(self, secret: str, ana: User) -> None:
        recovery = Authenticator.objects.get(user=ana, type="recovery_codes").wrap().get_unused_codes()[0]
        first, second = Client(), Client()
        for browser in (first, second):
            sign_in(browser)
            browser.post("/conta/entrar/duas-etapas/", {"code": recovery})
        assert (is_signed_in(first), is_signed_in(second)) == (True, False)

    def test_refuses_a_wrong_code(self, secret: str) -> None:
        browser = Client()
        sign_in(browser)
        browser.post("/conta/entrar/duas-etapas/", {"code": "000000"})
        assert not is_signed_in(browser)

    def test_keeps_its_secret_sealed(self, secret: str, ana: User) -> None:
        stored = str(list(Authenticator.objects.filter(user=ana).values_list("data", flat=True)))
        assert secret not in stored

    def test_is_written_into_the_trail_on_and_off(self, secret: str, client: Client) -> None:
        client.post("/conta/duas-etapas/desativar/")
        assert [action for action in actions() if "factor" in action] == [
            "person.two_factor_activated",
            "person.two_factor_deactivated",
        ]


def code_of(secret: str) -> str:
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize(
    "address",
    [
        "/conta/entrar/",
        "/conta/criar/",
        "/conta/senha/esqueci/",
        "/conta/senha/esqueci/enviado/",
        "/conta/senha/nova/pronto/",
        "/conta/inativa/",
        "/conta/emails/confirmar/",
        "/conta/emails/confirmar/quebrado/",
    ],
)
def test_every_page_for_visitors_opens_under_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?! type=\"module\" src)|style=\"| on\w+=\"", page)


@pytest.mark.parametrize(
    "address",
    [
        "/conta/senha/",
        "/conta/emails/",
        "/conta/sair/",
        "/conta/duas-etapas/",
    ],
)
def test_every_page_of_the_account_opens_for_the_person_and_sends_visitors_to_sign_in(
    ana_browser: Client, client: Client, address: str
) -> None:
    assert ana_browser.get(address).status_code == 200
    assert client.get(address).status_code == 302
