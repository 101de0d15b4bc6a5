"""A message reaches one browser through its push service, which cannot read it; refusals say what to do."""

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.push_service import PlayedBrowser, push_service

from financehub.providers.outgoing import addresses
from financehub.providers.webpush import pushing
from financehub.providers.webpush.pushing import Browser, Push, PushGone, PushRefused, PushUnavailable
from financehub.providers.webpush.vapid import Vapid, new_private_key, unpadded

LOOPBACK = addresses.parse_networks(["127.0.0.0/8"])
OURS = Vapid(new_private_key(), "mailto:ops@example.com")
PUSH = Push(b'{"title":"oi"}', ttl=60, urgency="high", topic="t1")


def as_ours(played: PlayedBrowser) -> Browser:
    told = played.subscription
    return Browser(told["endpoint"], told["keys"]["p256dh"], told["keys"]["auth"])


def send(played: PlayedBrowser) -> None:
    pushing.send(as_ours(played), PUSH, vapid=OURS, networks=LOOPBACK)


def test_the_browser_reads_it_and_the_service_sees_only_the_envelope() -> None:
    with push_service() as service:
        played = PlayedBrowser(service)
        send(played)
    (got,) = service.requests
    assert played.reads(got) == PUSH.payload
    assert PUSH.payload not in got.body
    envelope = {name: got.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding")}
    assert envelope == {"ttl": "60", "urgency": "high", "topic": "t1", "content-encoding": "aes128gcm"}
    assert got.headers["authorization"].startswith("vapid t=")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, PushGone),
        (410, PushGone),
        (413, PushRefused),
        (400, PushRefused),
        (429, PushUnavailable),
        (503, PushUnavailable),
    ],
)
def test_what_the_service_answers_says_what_to_do(status: int, error: type[Exception]) -> None:
    with push_service() as service:
        service.answers(status, retry_after="30")
        with pytest.raises(error) as refusal:
            send(PlayedBrowser(service))
    assert refusal.value.reason == f"http_{status}"
    if error is PushUnavailable:
        assert refusal.value.retry_after == 30.0


def test_a_subscription_that_leads_inside_the_house_is_given_up() -> None:
    with push_service() as service, pytest.raises(PushGone):
        pushing.send(as_ours(PlayedBrowser(service)), PUSH, vapid=OURS)
    assert service.requests == []


def test_a_service_that_is_away_may_come_back() -> None:
    with push_service() as service:
        played = PlayedBrowser(service)
    with pytest.raises(PushUnavailable) as failure:
        send(played)
    assert failure.value.reason == "connection"


def test_the_example_of_the_standard_is_read_by_its_receiver() -> None:
    """RFC 8291, appendix A: the published ciphertext, so that the library we encrypt with is not its own judge."""
    private = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
    key = ec.derive_private_key(int.from_bytes(unpadded(private)), ec.SECP256R1())
    message = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
        "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    plain = http_ece.decrypt(
        unpadded(message),
        private_key=key,
        auth_secret=unpadded("BTBZMqHH6r4Tts7J_aSIgg"),
        version="aes128gcm",
    )
    assert plain == b"When I grow up, I want to be a watermelon"


def test_keys_that_nobody_can_encrypt_for_are_not_usable() -> None:
    with push_service() as service:
        good = as_ours(PlayedBrowser(service))
    assert good.is_usable()
    assert not Browser(good.endpoint, "AAAA", good.auth).is_usable()
    assert not Browser(good.endpoint, good.p256dh, "AAAA").is_usable()
    assert not Browser(good.endpoint, "!", "!").is_usable()
