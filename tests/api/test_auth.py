"""Who may call: keys, sessions, CSRF, scopes, roles, and the company that a session chose."""

import pytest
from django.test import Client
from tests.api.callers import Caller, in_browser, secret_of, with_key
from tests.builders import make_account, make_company, make_member

from financehub.companies.access import CHOSEN_COMPANY
from financehub.companies.models import ApiKey, Membership

ACCOUNTS = "/api/banking/accounts/"
TICKET = "/api/realtime/ticket"
NEW = {"name": "Caixa", "type": "BANK"}


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


class TestAProgram:
    def test_calls_with_a_bearer_key(self, ana, bakery):
        assert with_key(ana, bakery, "read").get(ACCOUNTS).status_code == 200

    def test_calls_with_a_header_of_its_own(self, ana, bakery):
        assert Caller(HTTP_X_API_KEY=secret_of(ana, bakery, "read")).get(ACCOUNTS).status_code == 200

    def test_needs_no_csrf_token(self, program):
        assert program.post(ACCOUNTS, NEW).status_code == 201

    @pytest.mark.parametrize("secret", ["fh_nothing", "x", "fh_" + "0" * 48, "\xe9"])
    def test_is_refused_with_a_key_nobody_issued(self, db, secret):
        answer = Caller(HTTP_AUTHORIZATION=f"Bearer {secret}").get(ACCOUNTS)
        assert code(answer) == (401, "invalid_api_key")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_is_refused_once_its_key_is_revoked(self, ana, bakery, program):
        ApiKey.objects.of(bakery).update(revoked_at="2026-01-01T00:00:00Z")
        assert code(program.get(ACCOUNTS)) == (401, "invalid_api_key")

    def test_may_not_write_with_a_scope_to_read(self, ana, bakery):
        answer = with_key(ana, bakery, "read").post(ACCOUNTS, NEW)
        assert code(answer) == (403, "denied")
        assert answer.json()["error"]["details"] == {"permission": "write"}

    def test_cannot_fall_back_on_a_session_when_its_key_is_wrong(self, browser):
        answer = browser.call("GET", ACCOUNTS, HTTP_AUTHORIZATION="Bearer fh_wrong")
        assert code(answer) == (401, "invalid_api_key")


class TestAPerson:
    def test_calls_with_the_session_of_the_pages(self, browser):
        assert browser.get(ACCOUNTS).status_code == 200
        assert browser.post(TICKET).status_code == 200

    def test_needs_the_csrf_token_to_write(self, ana, browser):
        answer = browser.call("POST", ACCOUNTS, NEW, HTTP_X_CSRFTOKEN="b" * 32)
        assert code(answer) == (403, "csrf_failed")

    def test_may_not_send_a_form_where_json_is_read_and_is_told_so(self, browser):
        form = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
        kind = "multipart/form-data; boundary=x"
        answer = browser._client.post(ACCOUNTS, form, content_type=kind, HTTP_X_CSRFTOKEN="a" * 32)
        assert code(answer) == (400, "invalid_request")

    def test_may_only_read_as_a_viewer(self, viewer):
        assert viewer.get(ACCOUNTS).status_code == 200
        assert code(viewer.post(ACCOUNTS, NEW)) == (403, "denied")

    def test_is_refused_once_removed_from_every_company(self, ana, bakery, browser):
        Membership.objects.of(bakery).filter(user=ana).delete()
        assert code(browser.get(ACCOUNTS)) == (403, "no_company")

    def test_sees_the_company_that_the_session_chose(self, ana, bakery):
        other = make_company()
        make_member(user=ana, company=other)
        make_account(company=other, is_manual=True, name="Da outra")
        client = in_browser(ana)
        assert client.get(ACCOUNTS).json()["results"] == []

        session = client._client.session
        session[CHOSEN_COMPANY] = str(other.pk)
        session.save()
        assert [account["name"] for account in client.get(ACCOUNTS).json()["results"]] == ["Da outra"]

    def test_cannot_choose_a_company_of_others(self, ana, carla):
        foreign = Membership.objects.across_companies().get(user=carla).company
        make_account(company=foreign, is_manual=True)
        client = in_browser(ana)
        session = client._client.session
        session[CHOSEN_COMPANY] = str(foreign.pk)
        session.save()
        assert client.get(ACCOUNTS).json()["results"] == []


class TestNobody:
    def test_is_told_that_a_key_or_a_session_is_needed(self, db):
        assert code(Caller().get(ACCOUNTS)) == (401, "unauthenticated")
        assert code(Caller().post(ACCOUNTS, NEW)) == (401, "unauthenticated")

    def test_is_not_let_in_by_a_cookie_that_is_no_session(self, db):
        client = Client()
        client.cookies["sessionid"] = "forged"
        assert code(Caller(client).get(ACCOUNTS)) == (401, "unauthenticated")
