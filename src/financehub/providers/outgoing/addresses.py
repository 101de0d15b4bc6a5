"""Which network addresses a stranger's URL may lead to: public ones, and those the operator named."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = ip_network("64:ff9b::/96")
# What Python's is_global lets through, by version more or less: special uses and tunnels that may end anywhere.
SPECIAL: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "3fff::/20",  # documentation, since 2024
        "fec0::/10",  # site-local: withdrawn, and still routed inside some networks
    )
)


class Forbidden(Exception):
    """The address is inside somebody's own network."""


class Unresolvable(Exception):
    """The name leads nowhere."""


def parse_networks(texts: Sequence[str]) -> list[Network]:
    """Networks as an operator writes them, e.g. `127.0.0.0/8`. Raises ValueError."""
    return [ip_network(text, strict=False) for text in texts]


def is_allowed(address: Address, networks: Sequence[Network] = ()) -> bool:
    """Whether it is public, or in one of the operator's `networks`; IPv4 wrapped in IPv6 counts as what it is."""
    meant = _unwrapped(address)
    if _is_in(address, networks) or _is_in(meant, networks):
        return True
    return meant.is_global and not (meant.is_multicast or meant.is_reserved or _is_in(meant, SPECIAL))


def resolve(host: str, port: int, networks: Sequence[Network] = ()) -> list[str]:
    """The addresses of a name, asked once; all must be allowed. Raises Forbidden, Unresolvable.

    A name with one public and one private address is refused: whoever mixes them means no good.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as failure:
        raise Unresolvable(host) from failure
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not all(is_allowed(ip_address(address), networks) for address in addresses):
        raise Forbidden(host)
    return addresses


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
