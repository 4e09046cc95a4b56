"""Addresses that other people name: none inside our own network is asked for them.

Otherwise whoever may name a blog could read what only this machine can reach (server-side
request forgery, OWASP).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mawj.sources.live.live import AccessField
from mawj.tables.errors import SourceGone, SourceRefused

if TYPE_CHECKING:
    from mawj.sources.live.live import Access

INSIDE = AccessField(
    "inside", "whether addresses inside your own network may be asked: yes or no", "no",
    is_for_operator=True,
)  # fmt: skip
WEB = ("http", "https")


def outward(address: str, access: Access) -> str:
    """The address, if it leads out of our own network.

    Raises:
        SourceRefused: it is no address of the web, or leads inside and the operator does not
            allow that.
        SourceGone: nobody has its name.
    """
    parts = _parts(address)
    if parts.scheme not in WEB or not parts.hostname:
        raise SourceRefused(f"{address!r} is no address of the web: it begins with https://")
    if access[INSIDE.name] != "yes" and not all(map(is_outward, _numbers(parts))):
        raise SourceRefused(
            f"{parts.hostname} is inside the own network; who runs this program may allow it"
        )
    return address


def is_outward(number: str) -> bool:
    """Whether an IP address is one that the whole internet can reach."""
    found = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def _parts(address: str) -> Any:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it is what tells a wrong one
    except ValueError:
        raise SourceRefused(f"{address!r} is no address") from None
    return parts


def _numbers(parts: Any) -> list[str]:
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceGone(f"{parts.hostname}: nobody has this name") from None
    return [str(one[4][0]) for one in found]
