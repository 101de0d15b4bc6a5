"""Each layer refuses in its own way, and only in that way."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from tests.webhooks.knocks import SECRET
from tests.webhooks.stripe_knocks import STRIPE_SECRET, signed_header

from financehub.core import clock
from financehub.webhooks import layers
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

pytestmark = pytest.mark.django_db
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


class TestTheAddress:
    def test_may_be_any_where_none_is_listed(self):
        layers.require_known_address(PLUGGY, request(REMOTE_ADDR="203.0.113.9"))

    def test_must_be_listed_or_within_a_listed_network(self, settings):
        settings.PLUGGY_WEBHOOK_ADDRESSES = ["52.67.145.81", "10.0.0.0/8"]
        layers.require_known_address(PLUGGY, request(REMOTE_ADDR="52.67.145.81"))
        layers.require_known_address(PLUGGY, request(REMOTE_ADDR="10.9.8.7"))
        stranger = request(REMOTE_ADDR="203.0.113.9")
        assert refusal(layers.require_known_address, PLUGGY, stranger) == ("address", 401)

    def test_is_never_believed_from_a_header_of_a_stranger(self, settings):
        settings.PLUGGY_WEBHOOK_ADDRESSES = ["52.67.145.81"]
        settings.TRUSTED_PROXIES = 0
        forged = request(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="52.67.145.81")
        assert refusal(layers.require_known_address, PLUGGY, forged) == ("address", 401)

    def test_behind_a_trusted_proxy_is_the_one_that_the_proxy_saw(self, settings):
        settings.PLUGGY_WEBHOOK_ADDRESSES, settings.TRUSTED_PROXIES = ["52.67.145.81"], 1
        layers.require_known_address(
            PLUGGY, request(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 52.67.145.81")
        )
        forged = request(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="52.67.145.81, 1.1.1.1")
        assert refusal(layers.require_known_address, PLUGGY, forged) == ("address", 401)


class TestFreshness:
    @pytest.mark.parametrize("seconds", [-299, 0, 299])
    def test_is_within_five_minutes_both_ways(self, seconds):
        at = clock.now()
        given = signed_header(b"{}", at=at + timedelta(seconds=seconds))
        layers.require_freshness(STRIPE, request(HTTP_STRIPE_SIGNATURE=given), at)

    @pytest.mark.parametrize("seconds", [-302, 302])
    def test_ends_after_them(self, seconds):
        at = clock.now()
        given = request(HTTP_STRIPE_SIGNATURE=signed_header(b"{}", at=at + timedelta(seconds=seconds)))
        assert refusal(layers.require_freshness, STRIPE, given, at) == ("timestamp", 400)

    def test_is_not_asked_of_pluggy_which_signs_no_time(self):
        layers.require_freshness(PLUGGY, request(), clock.now())


class TestAuthenticity:
    def test_takes_stripes_signature_of_the_raw_bytes(self, settings):
        settings.STRIPE_WEBHOOK_SECRET = [STRIPE_SECRET]
        given = request(HTTP_STRIPE_SIGNATURE=signed_header(b'{"a": 1}'))
        layers.require_authenticity(STRIPE, given, b'{"a": 1}')
        assert refusal(layers.require_authenticity, STRIPE, given, b'{"a":1}') == ("authenticity", 400)

    def test_lets_the_vendor_in(self):
        layers.require_authenticity(PLUGGY, request(HTTP_X_WEBHOOK_SECRET=SECRET), b"{}")

    def test_refuses_a_secret_that_is_not_ascii(self):
        forged = request(HTTP_X_WEBHOOK_SECRET="s\xe9cret")
        assert refusal(layers.require_authenticity, PLUGGY, forged, b"{}") == ("authenticity", 401)


class TestStructure:
    def test_reads_the_names(self):
        body = b'{"event": "boleto/updated", "eventId": "e1", "extra": []}'
        notice = layers.require_structure(PLUGGY, body, clock.now())
        assert (notice.type, notice.external_id, notice.object_key) == ("boleto/updated", "e1", "")

    def test_accepts_an_event_nobody_has_heard_of(self):
        assert (
            layers.require_structure(PLUGGY, b'{"event": "moon/landed"}', clock.now()).type == "moon/landed"
        )

    def test_refuses_a_name_too_long_to_keep(self):
        body = b'{"event": "%s"}' % (b"x" * 81)
        assert refusal(layers.require_structure, PLUGGY, body, clock.now()) == ("structure", 400)


class TestParseObject:
    def test_answers_none_for_other_json(self):
        assert layers.parse_object(b"[1]") is None
        assert layers.parse_object(b"{") is None

    def test_keeps_the_object(self):
        assert layers.parse_object(b'{"a": {"b": null}}') == {"a": {"b": None}}
