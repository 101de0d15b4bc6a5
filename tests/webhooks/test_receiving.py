"""The door: what it stores, what it answers, what it refuses without a trace."""

import json

import pytest
from django.db import OperationalError, connection
from structlog.testing import capture_logs
from tests.webhooks.knocks import ITEM, SECRET, body, knock

from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/webhooks/pluggy",
    "/api/webhooks/pluggy/",
    "/api/banking/pluggy/webhook",
    "/api/banking/pluggy/webhook/",
]


class TestAnEvent:
    @pytest.mark.parametrize("url", ADDRESSES)
    def test_is_stored_before_it_is_answered(self, url):
        sent = body("item/created")

        answer = knock(sent, url=url)

        event = WebhookEvent.objects.get()
        assert (answer.status_code, answer.json()) == (202, {"received": True, "duplicate": False})
        assert (event.source, event.external_id, event.type) == ("pluggy", sent["eventId"], "item/created")
        assert (event.status, event.attempts, event.company_id) == ("received", 0, None)
        assert event.object_key == f"item:{ITEM}"
        assert json.loads(event.body) == sent

    def test_is_stored_once_however_often_it_comes(self):
        sent = body()

        answers = [knock(sent) for _ in range(3)]

        assert [answer.json()["duplicate"] for answer in answers] == [False, True, True]
        assert WebhookEvent.objects.count() == 1

    def test_without_an_id_is_known_by_its_content(self):
        sent = body()
        del sent["eventId"]

        knock(sent)
        knock(sent)

        assert WebhookEvent.objects.get().external_id.startswith("sha256:")

    def test_of_the_same_id_with_other_content_raises_an_alarm_and_changes_nothing(self):
        sent = body()
        knock(sent)

        with capture_logs() as lines:
            answer = knock({**sent, "event": "item/deleted"})

        assert answer.status_code == 202
        assert WebhookEvent.objects.get().type == "item/updated"
        assert [line["event"] for line in lines] == ["webhook_same_id_other_content"]

    def test_is_handed_to_a_worker_once_it_is_committed(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks:
            knock(body())

        assert len(callbacks) == 1

    def test_lies_sealed_in_the_database(self):
        knock(body(secretWord="do-not-show"))

        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM webhooks_webhookevent")
            (stored,) = cursor.fetchone()
        assert b"do-not-show" not in bytes(stored)

    def test_keeps_no_header_that_holds_a_secret(self):
        knock(body(), HTTP_AUTHORIZATION="Bearer x", HTTP_USER_AGENT="pluggy/1")

        kept = WebhookEvent.objects.get().headers
        assert kept["User-Agent"] == "pluggy/1"
        assert SECRET not in json.dumps(kept)
        assert "Authorization" not in kept


class TestARefusal:
    @pytest.fixture(autouse=True)
    def stores_nothing(self):
        yield
        assert not WebhookEvent.objects.exists()

    @pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + " ", SECRET.upper()])
    def test_of_a_forgery_is_401(self, secret):
        assert knock(body(), secret=secret).status_code == 401

    def test_with_no_secret_configured_is_404_for_everybody(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = []

        assert knock(body()).status_code == 404
        assert knock(body(), secret="").status_code == 404

    def test_with_only_an_empty_secret_configured_is_404(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = [""]

        assert knock(body(), secret="").status_code == 404

    def test_of_what_is_not_json_is_415(self):
        assert knock(b"event=item/updated", content_type="text/plain").status_code == 415

    def test_of_more_than_a_mebibyte_is_413(self):
        assert knock(body(padding="x" * 1024 * 1024)).status_code == 413

    def test_of_other_methods_is_405(self, client):
        assert client.get("/api/webhooks/pluggy").status_code == 405

    @pytest.mark.parametrize(
        "content",
        [
            b"{",
            b"[]",
            b"null",
            b'"item/updated"',
            b'{"event": 1}',
            b'{"event": ""}',
            b'{"event": "item/\\u0000"}',
            b'{"event": "item/updated", "eventId": "\\u0000"}',
            b'{"event": "item/updated\xff"}',
            b'{"a":' * 5000 + b"1" + b"}" * 5000,
        ],
    )
    def test_of_what_no_vendor_sends_is_400(self, content):
        assert knock(content).status_code == 400

    def test_has_the_shape_of_every_error(self):
        assert knock(body(), secret="wrong").json() == {
            "error": {
                "code": "webhook_authenticity",
                "message": "This notification was not accepted.",
                "details": {},
            }
        }

    def test_says_which_layer_refused_and_nothing_of_the_body(self):
        with capture_logs() as lines:
            knock(body(secretWord="do-not-show"), secret="wrong")

        (line,) = lines
        assert (line["event"], line["layer"], line["status"]) == ("webhook_refused", "authenticity", 401)
        assert "do-not-show" not in str(line)
        assert "wrong" not in str(line)


class TestRotation:
    def test_accepts_old_and_new_secret_at_once(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = ["new", "old"]

        assert knock(body(), secret="new").status_code == 202
        assert knock(body(), secret="old").status_code == 202


class TestADatabaseThatIsDown:
    def test_makes_the_vendor_try_again(self):
        def refuse(*_):
            raise OperationalError("server closed the connection unexpectedly")

        with connection.execute_wrapper(refuse):
            answer = knock(body())

        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
