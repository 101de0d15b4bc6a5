"""What a stranger's URL may lead to: public addresses, however the private one is dressed."""

import socket
from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.providers.outgoing import addresses
from financehub.providers.outgoing.addresses import Forbidden, Unresolvable, is_allowed, resolve

LOOPBACK = addresses.parse_networks(["127.0.0.0/8", "::1/128"])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fec0::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_addresses_inside_somebodys_network_are_refused(address: str) -> None:
    assert not is_allowed(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "200.160.2.3", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(ip_address(address))


@given(number=st.integers(0, 2**32 - 1))
def test_wrapping_an_address_in_ipv6_never_makes_it_better(number: int) -> None:
    plain = IPv4Address(number)
    for wrapped in (f"::ffff:{plain}", f"64:ff9b::{plain}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::"):
        assert is_allowed(plain) or not is_allowed(ip_address(wrapped))


def test_the_operator_may_name_networks_and_only_those_open() -> None:
    assert is_allowed(ip_address("127.0.0.1"), LOOPBACK)
    assert is_allowed(ip_address("::1"), LOOPBACK)
    assert not is_allowed(ip_address("10.0.0.1"), LOOPBACK)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost", "::1", "::ffff:7f00:1"]
)
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    with pytest.raises(Forbidden):
        resolve(host, 80)


def test_a_name_with_a_public_and_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(Forbidden):
        resolve("mixed.example", 80)


def test_a_name_that_leads_nowhere_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unresolvable):
        resolve("nowhere.invalid", 80)


def test_an_allowed_name_gives_its_addresses_once() -> None:
    assert resolve("127.0.0.1", 80, LOOPBACK) == ["127.0.0.1"]
