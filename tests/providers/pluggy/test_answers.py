"""What is read from Pluggy's error answers."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.providers.pluggy.answers import is_outage, refusal_of, seconds_asked, storable
from financehub.providers.pluggy.errors import Refusal, RejectedDetail

NOW = 1_800_000_000.0


class TestRefusalOf:
    def test_reads_code_words_details_and_data(self):
        body = (
            b'{"code":400,"codeDescription":"CONNECTOR_VALIDATION_ERROR","message":"bad",'
            b'"details":[{"code":"001","message":"user must match","parameter":"user"}],'
            b'"data":{"a":1,"b":{}}}'
        )
        refusal = refusal_of("POST /items", 400, body, None)
        assert (refusal.code, refusal.message) == ("CONNECTOR_VALIDATION_ERROR", "bad")
        assert refusal.details == (RejectedDetail("001", "user must match", "user"),)
        assert refusal.data == (("a", "1"),)

    def test_reads_the_old_name_of_details(self):
        body = b'{"code":400,"errors":[{"code":1,"message":"m","parameter":"p"}]}'
        assert refusal_of("POST /items", 400, body, None).details == (RejectedDetail("1", "m", "p"),)

    def test_joins_a_list_of_messages(self):
        assert refusal_of("GET /x", 400, b'{"message":["a","b"]}', None).message == "a, b"

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"codeDescription":5}', b"\xff"])
    def test_keeps_only_the_status_of_a_body_that_is_no_error(self, body):
        assert refusal_of("GET /x", 502, body, None) == Refusal("GET /x", 502)

    def test_takes_no_sentence_as_a_code(self):
        assert refusal_of("GET /x", 400, b'{"codeDescription":"token abc leaked"}', None).code == ""


class TestSecondsAsked:
    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({"retry-after": "60"}, 60.0),
            ({"retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30.0),
            ({"retry-after": "soon", "ratelimit-reset": "12"}, 12.0),
            ({"ratelimit-reset": "1800000007"}, 7.0),
            ({"retry-after": "-5"}, None),
            ({"retry-after": "nan"}, None),
            ({"retry-after": "inf"}, None),
            ({}, None),
        ],
    )
    def test_reads_both_headers_in_every_form(self, headers, seconds):
        assert seconds_asked(headers, NOW) == seconds


class TestIsOutage:
    @pytest.mark.parametrize(
        ("status", "code", "outage"),
        [
            (500, "INTERNAL_SERVER_ERROR", True),
            (503, "", True),
            (502, "BALANCE_CONNECTOR_UNAVAILABLE", False),
            (429, "", False),
        ],
    )
    def test_tells_pluggy_from_the_institution_behind_it(self, status, code, outage):
        assert is_outage(Refusal("GET /x", status, code)) is outage


class TestStorable:
    """What JSON can say and no database can hold."""

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (rb'{"a":"x\u0000y\u0000"}', b'{"a":"xy"}'),
            (rb'{"a":"caf\ud83d"}', rb'{"a":"caf\ufffd"}'),
            (rb'{"a":"\uDE00!"}', rb'{"a":"\ufffd!"}'),
            (rb'{"a":"\ud83d\ude00"}', rb'{"a":"\ud83d\ude00"}'),
            (rb'{"a":"\ud83d\ud83d\ude00"}', rb'{"a":"\ufffd\ud83d\ude00"}'),
            (rb'{"a":"\\u0000 \\ud83d \u0000"}', rb'{"a":"\\u0000 \\ud83d "}'),
            (rb'{"a":"\\\u0000"}', rb'{"a":"\\"}'),
            (rb'{"a":"\u00e9"}', rb'{"a":"\u00e9"}'),
        ],
    )
    def test_drops_nul_and_mends_half_a_character(self, body, expected):
        assert storable(body) == expected

    @given(st.text(st.characters(codec=None, categories=None), max_size=40))
    def test_any_text_can_be_read_and_stored_afterwards(self, text):
        body = storable(json.dumps({"a": text}).encode())
        read = msgspec.json.decode(body)["a"]
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        assert read.encode() == read.encode("utf-8")
        assert "\0" not in read
        if whole == text:
            assert read == text.replace("\0", "")
