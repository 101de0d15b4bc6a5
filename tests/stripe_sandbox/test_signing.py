import json
import time

import pytest
import stripe

from stripe_sandbox.signing import distorted, signed

EVENT = {"id": "evt_1", "object": "event", "livemode": False, "type": "invoice.paid", "api_version": "x"}
BODY = json.dumps(EVENT).encode()


def accepts(body: bytes, header: str, secret: str = "whsec_1") -> bool:
    try:
        stripe.WebhookSignature.verify_header(body.decode(), header, secret, 300)
    except stripe.SignatureVerificationError:
        return False
    return True


def test_the_official_client_accepts_a_signature_of_any_active_secret() -> None:
    header = signed(BODY, ["whsec_new", "whsec_1"])
    assert accepts(BODY, header)
    assert accepts(BODY, header, "whsec_new")
    assert not accepts(BODY + b" ", header)
    assert not accepts(BODY, header, "whsec_other")


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [
        ("bad_signature", False),
        ("stale", False),
        ("v0_only", False),
        ("future", True),
        ("double_signed", True),
        ("wrong_livemode", True),
        ("other_account", True),
        ("other_version", True),
        ("unknown_type", True),
        ("huge", True),
        ("garbage", True),
    ],
)
def test_each_distortion_is_wrong_in_its_own_way(kind: str, accepted: bool) -> None:
    body, header = distorted(kind, EVENT, ["whsec_1"])
    assert accepts(body, header) is accepted


def test_what_a_distorted_body_says() -> None:
    told = {
        kind: json.loads(distorted(kind, EVENT, ["s"])[0]) for kind in ("wrong_livemode", "other_account")
    }
    assert told["wrong_livemode"]["livemode"] is True
    assert told["other_account"]["account"] == "acct_somebody_else"
    assert len(distorted("huge", EVENT, ["s"])[0]) > 1_048_576
    stamp = int(distorted("future", EVENT, ["s"])[1].split(",")[0].removeprefix("t="))
    assert stamp > time.time() + 3600
