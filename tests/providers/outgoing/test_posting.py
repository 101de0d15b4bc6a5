"""One POST: no redirect is followed, what the other side asks for is heard, what fails has a short name."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.receiver import receiving

from financehub.providers.outgoing import addresses, posting
from financehub.providers.outgoing.posting import NotReached, is_web_address, post, seconds_asked

LOOPBACK = addresses.parse_networks(["127.0.0.0/8"])


def test_body_and_headers_arrive_as_they_were() -> None:
    with receiving() as receiver:
        answer = post(f"{receiver.url}/hook?a=1", b'{"a":1}', {"X-Mark": "m"}, networks=LOOPBACK)
    assert (answer.status, answer.is_ok) == (200, True)
    (got,) = receiver.requests
    assert (got.path, got.body, got.headers["x-mark"]) == ("/hook?a=1", b'{"a":1}', "m")


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with receiving() as inside, receiving() as receiver:
        receiver.answers(302, location=f"{inside.url}/secret")
        answer = post(receiver.url, b"{}", {}, networks=LOOPBACK)
    assert (answer.status, answer.is_ok, inside.requests) == (302, False, [])


def test_retry_after_is_heard() -> None:
    with receiving() as receiver:
        receiver.answers(429, retry_after="7")
        assert post(receiver.url, b"{}", {}, networks=LOOPBACK).retry_after == 7.0


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotReached) as failure:
        post(f"http://127.0.0.1:{port}/", b"{}", {}, networks=LOOPBACK)
    assert failure.value.reason == "connection"


def test_environment_proxies_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        post(receiver.url, b"{}", {}, networks=LOOPBACK)
    assert (len(proxy.requests), len(receiver.requests)) == (0, 1)


def test_the_wait_may_be_a_date() -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 55 < (seconds_asked(in_a_minute) or 0) <= 60
    assert seconds_asked("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert seconds_asked("99999999") == posting.LONGEST_PAUSE
    assert seconds_asked("soon") is None
    assert seconds_asked("\u00b2") is None
    assert seconds_asked(None) is None


@pytest.mark.parametrize(
    ("url", "https_only", "with_plain"),
    [
        ("https://hub.example/x", True, True),
        ("http://hub.example/x", False, True),
        ("ftp://hub.example/x", False, False),
        ("https://user:pass@hub.example/", False, False),
        ("https:///nothing", False, False),
        ("https://hub.example:99999/", False, False),
        ("https://hub.example/#part", False, False),
        ("not an address", False, False),
    ],
)
def test_what_is_an_address(url: str, https_only: bool, with_plain: bool) -> None:
    assert is_web_address(url, plain=False) is https_only
    assert is_web_address(url, plain=True) is with_plain
