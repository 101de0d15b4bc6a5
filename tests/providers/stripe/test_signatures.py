"""Stripe's signature scheme: what proves, what does not, and how old it may be."""

import hashlib
import hmac

import pytest
import stripe

from financehub.providers.stripe import signatures

BODY, SECRET, NOW = b'{"id": "evt_1"}', "whsec_one", 1_795_000_000
GOOD = signatures.sign(BODY, SECRET, NOW)
V1 = GOOD.partition("v1=")[2]


class TestProvingSecret:
    def test_is_the_one_that_signed(self):
        assert signatures.proving_secret(BODY, GOOD, ["whsec_two", SECRET]) == SECRET

    def test_agrees_with_the_official_client(self):
        official = stripe.WebhookSignature.generate_signature_header(BODY.decode(), SECRET, timestamp=NOW)
        assert official == GOOD

    @pytest.mark.parametrize("other", ["v1=" + "0" * 64, "v0=" + V1])
    def test_is_found_among_several_signatures(self, other):
        assert signatures.proving_secret(BODY, f"t={NOW},{other},v1={V1}", [SECRET]) == SECRET

    @pytest.mark.parametrize(
        "header",
        [
            None,
            "",
            "garbage",
            f"v1={V1}",
            f"t={NOW}",
            f"t={NOW},v0={V1}",
            f"t=now,v1={V1}",
            f"t={NOW}, v1={V1}",
            f"t=-{NOW},v1={V1}",
            f"t={NOW},v1={V1.upper()}",
            f"t={NOW + 1},v1={V1}",
            f"t={'9' * 50},v1={V1}",
            f"t={NOW},v1=s\xe9",
        ],
    )
    def test_is_none_for_a_header_that_proves_nothing(self, header):
        assert signatures.proving_secret(BODY, header, [SECRET]) is None

    def test_is_none_for_a_body_with_another_byte(self):
        assert signatures.proving_secret(BODY + b" ", GOOD, [SECRET]) is None

    @pytest.mark.parametrize("blank", ["", "  "])
    def test_is_never_a_blank_secret(self, blank):
        forged = hmac.new(blank.encode(), f"{NOW}.".encode() + BODY, hashlib.sha256).hexdigest()
        assert signatures.proving_secret(BODY, f"t={NOW},v1={forged}", [blank]) is None


class TestIsFresh:
    @pytest.mark.parametrize(
        ("offset", "fresh"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)]
    )
    def test_is_five_minutes_in_both_directions(self, offset, fresh):
        assert signatures.is_fresh(GOOD, NOW + offset) is fresh

    def test_is_not_what_has_no_time(self):
        assert not signatures.is_fresh("v1=x", NOW)
        assert not signatures.is_fresh(None, NOW)


class TestParse:
    def test_lets_the_first_time_win(self):
        assert signatures.parse(f"t=1,t=2,v1={V1}").timestamp == 1
