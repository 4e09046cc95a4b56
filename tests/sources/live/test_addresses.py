"""No address inside our own network is asked because somebody names it."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from mawj.sources.live.addresses import is_outward, outward
from mawj.sources.live.live import Access
from mawj.tables.errors import SourceError, SourceGone

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "224.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_inside_are_known(number: str) -> None:
    assert not is_outward(number)


@pytest.mark.parametrize("number", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_numbers_outside_are_known(number: str) -> None:
    assert is_outward(number)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost:8000/feed", "http://[::1]/", "http://2130706433/",
     "http://0x7f.1/", "http://0/", "ftp://example.org/", "file:///etc/passwd", "example.org",
     "http:///feed", "http://a:b/", "http://[", "gopher://127.0.0.1/"],
)  # fmt: skip
def test_an_address_that_leads_inside_or_nowhere_is_refused(address: str) -> None:
    with pytest.raises(SourceError):
        outward(address, Access())


def test_one_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (one, 443)) for one in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(SourceError, match="inside the own network"):
        outward("https://blog.example/feed", Access())
    assert outward("https://blog.example/feed", Access({"inside": "yes"}))


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(SourceGone, match="nobody has this name"):
        outward("https://blog.example/feed", Access())
