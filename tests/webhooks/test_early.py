"""The doors answer before Django's chain, and just as behind it."""

import io
import json

import pytest
from django.db import OperationalError, connection
from tests.webhooks.knocks import SECRET, body
from tests.webhooks.stripe_knocks import signed_header, stripe_body

from financehub.webhooks.early import DOORS, doors_first
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


def call(path, content, method="POST", **headers):
    raw = json.dumps(content).encode()
    told = {}

    def inner(environ, start_response):
        told["inner"] = True
        return [b"inner"]

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(raw)),
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(raw),
        **headers,
    }
    chunks = doors_first(inner)(environ, lambda status, sent: told.update(status=status, headers=dict(sent)))
    return {**told, "body": b"".join(chunks)}


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("path", sorted(DOORS))
def test_an_event_is_stored_and_thanked_for(path, slash):
    if "stripe" in path:
        content = stripe_body()
        headers = {"HTTP_STRIPE_SIGNATURE": signed_header(json.dumps(content).encode())}
    else:
        content, headers = body(), {"HTTP_X_WEBHOOK_SECRET": SECRET}

    told = call(path + slash, content, **headers)

    assert told["status"] == "202 Accepted"
    assert json.loads(told["body"]) == {"received": True, "duplicate": False}
    assert told["headers"]["Content-Length"] == str(len(told["body"]))
    assert WebhookEvent.objects.count() == 1


def test_a_forgery_is_refused():
    assert call("/api/webhooks/pluggy", body())["status"] == "401 Unauthorized"


def test_everything_else_goes_on():
    assert call("/api/health", {})["body"] == b"inner"
    assert call("/api/webhooks/pluggy", {}, method="GET")["body"] == b"inner"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_meanwhile_costs_no_refusal():
    failures = []

    def refuse_once(execute, *arguments):
        if not failures:
            failures.append(1)
            raise OperationalError("the connection is closed")
        return execute(*arguments)

    with connection.execute_wrapper(refuse_once):
        told = call("/api/webhooks/pluggy", body(), HTTP_X_WEBHOOK_SECRET=SECRET)
    assert told["status"] == "202 Accepted"
