"""A guard for what people type into pages: it may lead to the public internet, nowhere else.

Looking at an address beforehand is not enough: names are looked up again when a library
connects, and answers lead elsewhere. So every connection of the guarded block is looked at when
it is made, by the audit event that CPython raises for it (PEP 578), whichever library makes it.
"""

from __future__ import annotations

import socket
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mawj.tables.errors import SettingsError, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from ipaddress import IPv4Network

    Network = IPv4Network | IPv6Network

SECURE = ("https", "wss")
CLEAR = ("http", "ws")
NAT64 = IPv6Network("64:ff9b::/96")

_allowed: ContextVar[tuple[Network, ...] | None] = ContextVar("allowed", default=None)


@contextmanager
def public_only(allowed: Sequence[Network] = ()) -> Iterator[None]:
    """In this block, connections lead to public addresses, or to those of `allowed` networks.

    Any other fails with `SourceRefused` before a byte is sent. Threads that the block starts
    are not covered.
    """
    _watch_connections()
    token = _allowed.set(tuple(allowed))
    try:
        yield
    finally:
        _allowed.reset(token)


def is_guarded() -> bool:
    """Whether a block around this one guards connections."""
    return _allowed.get() is not None


def networks(told: str) -> tuple[Network, ...]:
    """The networks that a setting names, with spaces between.

    Raises:
        SettingsError: something in it is no address and no network.
    """
    try:
        return tuple(ip_network(one, strict=False) for one in told.split())
    except ValueError as error:
        raise SettingsError(f"MAWJ_INTERNAL_ADDRESSES: {error}") from None


def check_address(told: str, allowed: Sequence[Network] = ()) -> None:
    """Look at an address that somebody typed, so that they hear at once what is wrong with it.

    Raises:
        SourceRefused: it is not of the web, is sent in the clear, does not exist, or leads to
            a machine that is not public.
    """
    host = urlsplit(told).hostname
    if urlsplit(told).scheme not in SECURE + CLEAR or not host:
        raise SourceRefused(f"{told!r} is no address: it begins with https:// or wss://")
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        raise SourceRefused(f"{host} is not found") from None
    for one in found:
        _check(one, allowed)
    if urlsplit(told).scheme in CLEAR and not all(_is_in(one, allowed) for one in found):
        raise SourceRefused(f"{told!r} is sent in the clear: write https:// or wss://")


@cache
def _watch_connections() -> None:
    # A hook stays for the life of the process; outside guarded blocks it only looks at a name.
    sys.addaudithook(_look)


def _look(event: str, told: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    allowed = _allowed.get()
    if allowed is None:
        return
    connection, address = told[0], told[1]
    try:
        if not isinstance(address, tuple):
            raise SourceRefused("sockets of this machine are not asked")
        _check(str(address[0]), allowed)
    except SourceRefused:
        # Libraries close what fails with an error of the system, not with one of ours.
        connection.close()
        raise


def _check(host: str, allowed: Sequence[Network]) -> None:
    if not (_is_in(host, allowed) or is_public(host)):
        raise SourceRefused(
            f"{host} is not a public address; who runs this installation may allow it "
            "(MAWJ_INTERNAL_ADDRESSES)"
        )


def is_public(host: str) -> bool:
    """Whether an IP address is one of the public internet; a name is not."""
    within = _within(host)
    return bool(within) and all(one.is_global and not one.is_multicast for one in within)


def _is_in(host: str, allowed: Sequence[Network]) -> bool:
    within = _within(host)
    return bool(within) and all(any(one in net for net in allowed) for one in within)


def _within(host: str) -> tuple[IPv4Address | IPv6Address, ...]:
    """The address, or what is written inside it: IPv4 in IPv6, 6to4, Teredo, NAT64."""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return ()
    if isinstance(found, IPv4Address):
        return (found,)
    if found in NAT64:
        return (IPv4Address(int(found) & 0xFFFFFFFF),)
    written = found.ipv4_mapped or found.sixtofour
    return (written,) if written else found.teredo or (found,)
