"""Trust, audience and fees as filters: the newest counts, both ways of a list agree."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from mawj.flow import facets
from mawj.flow.facets import facets_known
from mawj.flow.facets_asked import AUDIENCE_SHARE
from mawj.flow.finding import Wanted, find
from mawj.lake.lake import Lake
from mawj.lake.sight import Sight
from mawj.tables.declared import TABLES
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SCALE = {
    "trusted": 100.0,
    "harmless": 0.0,
    "least_coverage": 0.5,
    "slight": 15.0,
    "marked": 35.0,
}
MANY = 10**5


def put(lake: Lake, name: str, rows: list[dict[str, Any]]) -> None:
    """Rows of a table, what the test does not tell filled in."""
    schema = TABLES[name].schema
    usual = {"source": "test", "fetched_at": NOW, "basis": "typed_in", "load_id": "l"}
    made = [
        {field.name: row.get(field.name, usual.get(field.name)) for field in schema}
        for row in rows
    ]
    lake.upsert(name, pa.Table.from_pylist(made, schema))


def vetted(lake: Lake, vetting_id: str, made_at: datetime, values: dict[str, float]) -> None:
    """A kept vetting with the credibility of some accounts; below 0, too little was seen."""
    put(lake, "kept_scores", [
        {"vetting_id": vetting_id, "account_id": one, "score": "credibility",
         "value": abs(value), "coverage": 0.9 if value > 0 else 0.1, "is_scored": value > 0,
         "place": place, "as_of": NOW, "rule_version": "vetting-1", "n_checks": 1,
         "n_raised": 0, "n_clear": 0, "n_not_assessed": 0}
        for place, (one, value) in enumerate(values.items(), 1)
    ])  # fmt: skip
    put(lake, "vettings", [
        {"vetting_id": vetting_id, "made_at": made_at, "run_id": "r", "as_of": NOW,
         "n_accounts": len(values), "code_version": "1",
         "settings": json.dumps({"VetScale": SCALE})}
    ])  # fmt: skip


def quoted(account: str, amount: int, day: date, **told: Any) -> dict[str, Any]:
    """A fee that was asked."""
    return {
        "quote_id": f"{account}{day}{told}{amount}", "account_id": account,
        "deliverable": "instagram:reel", "amount_minor": amount, "currency": "SAR",
        "quoted_on": day, "is_paid": False, **told,
    }  # fmt: skip


@pytest.fixture
def lake(own_lake: Path) -> Iterator[Lake]:
    with Lake.open(own_lake) as opened:
        yield opened


def ids(lake: Lake, **wanted: Any) -> set[str]:
    """Whom both ways of a list find; they must agree."""
    asked = Wanted(**wanted, top=MANY, with_unranked=True)
    quick = find(lake, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sight, "slice", lambda *_: None)
        lazy = find(lake, asked)
    assert lazy.found == quick.found
    assert lazy.n_matching == quick.n_matching == len(quick.found)
    return {one.account_id for one in quick.found}


def test_the_last_vetting_says_how_credible_and_nobody_is_judged_unseen(lake: Lake) -> None:
    every = sorted(ids(lake))
    a, b, c, d = every[:4]
    assert ids(lake, trust="not_assessed") == set(every)
    vetted(lake, "newer", NOW, {a: 95.0, b: 70.0, d: -95.0})
    vetted(lake, "older", NOW - timedelta(days=9), {a: 20.0, c: 20.0})
    assert ids(lake, trust="calm") == {a}
    assert ids(lake, trust="caution") == {b}
    assert ids(lake, trust="serious") == {c}
    assert ids(lake, trust="unknown") == {d}
    assert ids(lake, trust="not_assessed") == set(every[4:])
    shown = {one.account_id: one.trust for one in find(lake, Wanted(top=MANY)).found}
    assert {one: verdict for one, verdict in shown.items() if verdict}.items() <= {
        (a, "calm"), (b, "caution"), (c, "serious"), (d, "unknown"),
    }  # fmt: skip
    known = facets_known(lake)
    assert known.trust == {"calm": 1, "caution": 1, "serious": 1, "unknown": 1}
    assert known.n_trust == 4


def test_an_audience_counts_from_a_fifth_on_by_its_newest_telling(lake: Lake) -> None:
    a, b, c = sorted(ids(lake))[:3]

    def told(account: str, value: str, share: float, days: int) -> dict[str, Any]:
        return {"account_id": account, "slice": "engaged", "dimension": "country",
                "value": value, "share": share,
                "as_of": NOW - timedelta(days=days)}  # fmt: skip

    put(lake, "audiences", [
        told(a, "MT", AUDIENCE_SHARE, 0), told(b, "MT", AUDIENCE_SHARE - 0.01, 0),
        told(c, "MT", 0.9, 400), told(c, "SA", 1.0, 0),
    ])  # fmt: skip
    assert ids(lake, audience_country="mt") == {a}
    assert c in ids(lake, audience_country="SA")
    assert ids(lake, audience_language="xx") == set()
    arabic = ids(lake, audience_language="ar")
    shares = lake.seek("audiences", {"dimension": "language", "value": "ar"})
    assert arabic
    assert arabic <= {row["account_id"] for row in shares if row["share"] >= AUDIENCE_SHARE}
    assert facets_known(lake).n_audience >= len(arabic)


def test_fees_are_those_on_file_the_last_of_each_deliverable(lake: Lake) -> None:
    every = sorted(ids(lake))
    named = next(
        row for row in lake.seek("accounts", {"account_id": every[5:]}) if row["handle"]
    )
    a, b, c = every[:3]
    d = named["account_id"]
    put(lake, "quotes", [
        quoted(a, 90_000, date(2026, 1, 1)), quoted(a, 300_000, date(2026, 9, 1)),
        quoted(b, 300_000, date(2026, 1, 1)), quoted(b, 90_000, date(2026, 9, 1)),
        quoted(c, 50_000, date(2026, 1, 1), currency="USD"),
        quoted(f"{named['platform']}:{named['handle']}", 10_000, date(2026, 1, 1)),
        quoted("instagram:nobody-of-that-name", 10_000, date(2026, 1, 1)),
    ])  # fmt: skip
    assert ids(lake, price="known") == {a, b, c, d}
    assert ids(lake, price="not_known") == set(every) - {a, b, c, d}
    assert ids(lake, fee_at_most=1000, fee_currency="sar") == {b, d}
    assert ids(lake, fee_at_most=3000, fee_currency="SAR") == {a, b, d}
    assert ids(lake, fee_at_most=500, fee_currency="USD") == {c}
    assert ids(lake, fee_at_most=500, fee_currency="SAR", price="known", trust="calm") == set()
    assert facets_known(lake).n_fees == 4


@pytest.mark.parametrize(
    "wanted",
    [{"trust": "luck"}, {"price": "cheap"}, {"fee_at_most": 1.0, "fee_currency": "XXX"}],
)
def test_what_no_facet_knows_is_said(lake: Lake, wanted: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        find(lake, Wanted(**wanted))


def test_of_several_who_ask_at_once_one_reads(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "_sets", type(facets._sets)())
    n_read = []

    def slow(_: Any) -> dict[str, dict[str, int]]:
        n_read.append(1)
        sleep(0.1)
        return {}

    monkeypatch.setattr(facets, "_fees_read", slow)
    sight = lake.sight()
    with ThreadPoolExecutor(4) as crew:
        found = list(crew.map(lambda _: facets_known(sight).n_fees, range(4)))
    assert found == [0] * 4
    assert len(n_read) == 1
