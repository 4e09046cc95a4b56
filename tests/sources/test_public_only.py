"""Nothing that somebody types into a page leads to a machine that is not public."""

from __future__ import annotations

import http.client
import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from mawj.sources.live.public_only import check_address, is_public, networks, public_only
from mawj.tables.errors import SettingsError, SourceRefused
from tests.sources.live.loopback import Answer, Loopback

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = networks("127.0.0.0/8 ::1")


@pytest.mark.parametrize("host", [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.9", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1%eth0", "fd00::5", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
    "64:ff9b::a00:1",
    "ff02::1", "localhost", "intranet", "",
])  # fmt: skip
def test_machines_of_our_own_are_not_public(host: str) -> None:
    assert not is_public(host)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are(host: str) -> None:
    assert is_public(host)


def get(address: str) -> int:
    return httpx.get(address, timeout=5, follow_redirects=True).status_code


def test_a_guarded_block_reaches_no_loopback_whichever_library_asks() -> None:
    with Loopback(lambda *_: Answer({})) as server:
        port = server.server.server_port
        with public_only():
            with pytest.raises(SourceRefused, match="not a public address"):
                get(server.address)
            with pytest.raises(SourceRefused, match="not a public address"):
                http.client.HTTPConnection("127.0.0.1", port).request("GET", "/")
            with pytest.raises(SourceRefused), socket.socket() as plain:
                plain.connect(("127.0.0.1", port))
            with pytest.raises(SourceRefused), socket.socket() as plain:
                # The name would be looked up after we looked.
                plain.connect(("localhost", port))
        assert server.asked == []
        assert get(server.address) == 200, "outside the block it is reached"
        with public_only(LOOPBACK):
            assert get(server.address) == 200


def test_an_answer_leads_to_no_other_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is allowed sends us on to what is not: 127.0.0.1 stands for a public host here."""
    with Loopback(lambda *_: Answer({})) as inside:
        port = inside.server.server_port
        elsewhere = {"Location": f"http://127.0.0.2:{port}/"}
        with (
            Loopback(lambda *_: Answer({}, 302, elsewhere)) as outside,
            public_only(networks("127.0.0.1")),
        ):
            with pytest.raises(SourceRefused, match=r"127\.0\.0\.2"):
                get(outside.address)
            assert len(outside.asked) == 1
        assert inside.asked == []


def test_a_name_that_now_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name was public when it was typed, and is not when it is asked."""
    answers = ["8.8.8.8", "127.0.0.1"]

    def looked_up(_host: str, port: int | None, *_: object, **__: object) -> list[object]:
        number = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    check_address("https://rebinding.example")
    with public_only(), pytest.raises(SourceRefused, match=r"127\.0\.0\.1"):
        socket.create_connection(("rebinding.example", 443), timeout=1)


def test_a_socket_of_the_machine_is_not_asked(tmp_path: Path) -> None:
    with public_only(), socket.socket(socket.AF_UNIX) as plain, pytest.raises(SourceRefused):
        plain.connect(str(tmp_path / "docker.sock"))


@pytest.mark.parametrize(("told", "said"), [
    ("http://127.0.0.1:8000", "not a public address"), ("https://[::1]/", "not a public"),
    ("https://localhost", "not a public address"), ("http://8.8.8.8", "in the clear"),
    ("file:///etc/passwd", "no address"), ("gopher://8.8.8.8", "no address"),
    ("https://", "no address"), ("https://2130706433/", "not a public address"),
    ("https://0x7f.1/", "not a public address"),
])  # fmt: skip
def test_an_address_is_looked_at_when_it_is_typed(told: str, said: str) -> None:
    with pytest.raises(SourceRefused, match=said):
        check_address(told)


def test_what_the_operator_allows_is_reached_in_the_clear_too() -> None:
    check_address("http://127.0.0.1:8000", LOOPBACK)
    check_address("https://8.8.8.8")
    with pytest.raises(SettingsError, match="MAWJ_INTERNAL_ADDRESSES"):
        networks("10.0.0.0/8 intranet")
