"""Each layer refuses in its own way, and only in that way."""

import pytest
from django.test import RequestFactory
from tests.webhooks.knocks import SECRET

from financehub.webhooks import layers
from financehub.webhooks.sources.pluggy import PLUGGY

factory = RequestFactory()


def request(method="POST", body=b"{}", content_type="application/json", **headers):
    return factory.generic(method, "/x", data=body, content_type=content_type, **headers)


def refusal(layer, *arguments):
    with pytest.raises(layers.Refused) as caught:
        layer(*arguments)
    return caught.value.layer, caught.value.status


class TestTransport:
    def test_hands_on_the_raw_bytes(self):
        assert layers.require_transport(request(body=b'{"a": 1}')) == b'{"a": 1}'

    def test_accepts_a_content_type_with_a_charset(self):
        assert layers.require_transport(request(content_type="application/json; charset=utf-8")) == b"{}"

    def test_wants_a_post(self):
        assert refusal(layers.require_transport, request("PUT")) == ("method", 405)

    def test_wants_json(self):
        assert refusal(layers.require_transport, request(content_type="text/xml")) == ("content_type", 415)

    def test_takes_exactly_a_mebibyte(self):
        body = b'"' + b"x" * (layers.MAX_BYTES - 2) + b'"'
        assert layers.require_transport(request(body=body)) == body
        assert refusal(layers.require_transport, request(body=body + b" ")) == ("size", 413)

    @pytest.mark.parametrize("announced", ["-1", "many", "1e3"])
    def test_refuses_a_length_that_is_no_number(self, announced):
        assert refusal(layers.require_transport, request(CONTENT_LENGTH=announced)) == ("size", 413)


class TestTheOpenDoor:
    def test_needs_a_secret(self, settings):
        settings.PLUGGY_WEBHOOK_SECRET = []
        assert refusal(layers.require_open_door, PLUGGY) == ("door", 404)


class TestAuthenticity:
    def test_lets_the_vendor_in(self):
        layers.require_authenticity(PLUGGY, request(HTTP_X_WEBHOOK_SECRET=SECRET), b"{}")

    def test_refuses_a_secret_that_is_not_ascii(self):
        forged = request(HTTP_X_WEBHOOK_SECRET="s\xe9cret")
        assert refusal(layers.require_authenticity, PLUGGY, forged, b"{}") == ("authenticity", 401)


class TestStructure:
    def test_reads_the_names(self):
        notice = layers.require_structure(
            PLUGGY, b'{"event": "boleto/updated", "eventId": "e1", "extra": []}'
        )
        assert (notice.type, notice.external_id, notice.object_key) == ("boleto/updated", "e1", "")

    def test_accepts_an_event_nobody_has_heard_of(self):
        assert layers.require_structure(PLUGGY, b'{"event": "moon/landed"}').type == "moon/landed"

    def test_refuses_a_name_too_long_to_keep(self):
        body = b'{"event": "%s"}' % (b"x" * 81)
        assert refusal(layers.require_structure, PLUGGY, body) == ("structure", 400)


class TestParseObject:
    def test_answers_none_for_other_json(self):
        assert layers.parse_object(b"[1]") is None
        assert layers.parse_object(b"{") is None

    def test_keeps_the_object(self):
        assert layers.parse_object(b'{"a": {"b": null}}') == {"a": {"b": None}}
