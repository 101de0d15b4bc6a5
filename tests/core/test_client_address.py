"""The caller's address counts as far as the operator vouches for the proxies, and no further."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from financehub.core.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.7", "192.0.2.1"),  # nobody vouched for the header
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),  # the left one was written by the caller
        (2, "6.6.6.6, 203.0.113.7, 192.0.2.9", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "not an address", None),
    ],
)
def test_the_address_behind_so_many_proxies(
    settings: Settings, proxies: int, forwarded: str, address: str | None
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address


def test_a_socket_without_addresses_gives_none() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
