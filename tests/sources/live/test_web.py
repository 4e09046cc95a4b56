"""Plain questions over HTTP: errors in our words, asked again where that helps, no key told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("httpx", reason="needs the connectors extra: httpx")

from mawj.sources.live.polite import Manners, Polite
from mawj.sources.live.web import Web
from mawj.tables.errors import SourceGone, SourceRefused, SourceUnreachable
from tests.sources.live.loopback import Answer, Loopback
from tests.sources.live.rehearsals import SECRET, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def polite() -> Polite:
    clock = Clock()
    return Polite(Manners(timeout_s=1.0, tries=2), clock.seconds, clock.sleep, lambda: 0.5)


@pytest.fixture
def web(polite: Polite) -> Iterator[Web]:
    web = Web(polite, {"Authorization": f"Bearer {SECRET}"})
    yield web
    web.close()


def test_json_is_read_and_what_is_left_is_noted(web: Web, polite: Polite) -> None:
    headings = {"X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "30"}
    with Loopback(lambda _, params: Answer(params, headings=headings)) as server:
        assert web.json(f"{server.address}/a", {"q": "قهوة"}) == {"q": ["قهوة"]}
        assert server.headings[0]["authorization"] == f"Bearer {SECRET}"
    assert polite.quota.left == 12
    assert polite.quota.resets_at == polite.now() + 30


@pytest.mark.parametrize(
    ("status", "error", "n_asked"),
    [(404, SourceGone, 1), (403, SourceRefused, 1), (400, SourceRefused, 1),
     (500, SourceUnreachable, 2)],
)  # fmt: skip
def test_a_status_is_an_error_in_our_words_without_the_key(
    web: Web, status: int, error: type[Exception], n_asked: int
) -> None:
    with Loopback(lambda *_: Answer({}, status)) as server:
        with pytest.raises(error, match=r"/a of 127\.0\.0\.1") as caught:
            web.json(f"{server.address}/a", {"access_token": SECRET})
        assert len(server.asked) == n_asked
    assert SECRET not in str(caught.value)


def test_an_answer_that_is_no_json_and_no_answer_at_all_are_told_apart(web: Web) -> None:
    with Loopback(lambda *_: Answer(b"{")) as server:
        address = server.address
        with pytest.raises(SourceUnreachable, match="broken JSON"):
            web.json(address)
    with pytest.raises(SourceUnreachable, match=r"no answer \(ConnectError\)"):
        web.json(address)
