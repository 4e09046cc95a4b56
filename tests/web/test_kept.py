"""Parts of pages are made once for all who read alike, and pages ask little of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mawj.flow.commands import erase
from mawj.flow.finding import Wanted, find
from mawj.flow.remembered import forget
from mawj.lake.lake import Lake
from mawj.lake.sight import Sight
from mawj.web import kept as module
from mawj.web.wording import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.people import House

# Session, user, membership; and what the page itself shows of the team's own: beside a search
# those that were saved, and the lists to put creators on; what a creator gave themselves.
MOST_QUERIES = {"find": 5, "creator": 7, "start": 9}
# Questions to the lake for a page that nobody has seen yet.
MOST_ASKED = {"find": 7, "creator": 22}


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    forget()
    yield
    forget()


def first_of(house: House, subject: str = "coffee") -> str:
    with Lake.open(house.workspace.lake_path) as lake:
        return find(lake, Wanted(subject=subject, top=1)).found[0].account_id


def paths(house: House) -> dict[str, str]:
    base = f"/w/{house.workspace.slug}/"
    account = quote(first_of(house), safe="")
    return {"find": f"{base}find/?subject=coffee", "creator": f"{base}creator/{account}/",
            "start": base}  # fmt: skip


@pytest.mark.parametrize("page", MOST_QUERIES)
def test_a_page_asks_the_database_few_times(house: House, page: str) -> None:
    path, member = paths(house)[page], house.client("member")
    assert member.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        member.get(path)
    assert len(asked) <= MOST_QUERIES[page], [one["sql"][:90] for one in asked]


@pytest.mark.parametrize("page", MOST_ASKED)
def test_a_page_asks_the_lake_few_times_and_then_no_more(
    house: House, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = paths(house)[page]
    asked: list[str] = []
    seek_table, slice_of = Sight.seek_table, Sight.slice

    def sought(sight: Sight, name: str, *told: Any) -> Any:
        asked.append(name)
        return seek_table(sight, name, *told)

    def sliced(sight: Sight, name: str, *told: Any) -> Any:
        asked.append(name)
        return slice_of(sight, name, *told)

    monkeypatch.setattr(Sight, "seek_table", sought)
    monkeypatch.setattr(Sight, "slice", sliced)
    house.client("member").get(path)
    assert 1 <= len(asked) <= MOST_ASKED[page], asked
    asked.clear()
    house.client("owner").get(path)
    assert asked == []


def test_parts_know_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, dict[str, Any]]] = []
    render = module.render_to_string

    def seen(template: str, context: dict[str, Any], *rest: Any) -> str:
        assert not rest, "no request may be handed on"
        made.append((template, context))
        return str(render(template, context))

    monkeypatch.setattr(module, "render_to_string", seen)
    for path in paths(house).values():
        house.client("member").get(path)
    assert {name for name, _ in made} == {
        "find/form.html", "find/results.html", "creator/who.html", "creator/moved.html",
    }  # fmt: skip
    for name, context in made:
        assert not {"request", "user", "here", "csrf_token", "perms"} & set(context), name


def test_who_reads_otherwise_gets_their_own(house: House) -> None:
    path = paths(house)["find"]
    english = house.client("member").get(path).content.decode()
    persian = house.client("member", "fa").get(path).content.decode()
    assert said("find.why", "fa") in persian
    assert said("find.why", "fa") not in english


def test_nobody_is_shown_after_an_erasure(
    own_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mawj.flow.remembered.FRESH_S", 0.0)
    account = first_of(own_house)
    path = paths(own_house)
    assert account in own_house.client("member").get(path["find"]).content.decode()
    with Lake.open(own_house.workspace.lake_path) as lake:
        erase(lake, [account], key=b"a key that is long enough", reason="asked")
    assert account not in own_house.client("member").get(path["find"]).content.decode()
    assert own_house.client("member").get(path["creator"]).status_code == 404
