from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from mawj.vet.checks.foreign_comments import (
    CHECK,
    ForeignComments,
    evidence,
    foreign_comments,
)
from tests.vet.commenting import SUBJECT, peers_of, readings, sample

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = ForeignComments()
LANGUAGES = """
account_id | language | n_posts | share
x:me | en | 90 | 0.9
x:me | fr | 10 | 0.1
"""
AUDIENCE = """
account_id | slice | dimension | value | share | as_of
x:me | followers | language | ar | 0.3 | 2024-01-01
"""


def told(
    n_foreign: int, code: str = "tr", n: int = 60, peers: int = 0
) -> tuple[pa.Table, pa.Table]:
    text = "what a lovely morning this is"
    sampled = sample({SUBJECT: [text] * n, **(peers_of([text] * 40) if peers else {})})
    read = readings(sampled)
    ids = read["account_id"].to_pylist()
    places = read["place"].to_pylist()
    bad = {SUBJECT: n_foreign}
    codes = [
        code if place <= bad.get(account, peers) else "en"
        for account, place in zip(ids, places, strict=True)
    ]
    at = read.schema.get_field_index("language")
    return read.set_column(at, read.schema.field("language"), pa.array(codes)), sampled


def row(
    table_of: Callable[..., Any], read: pa.Table, limits: ForeignComments = LIMITS,
    audience: str = "",
) -> Any:  # fmt: skip
    made = foreign_comments(
        ibis.memtable(read), table_of("account_languages", LANGUAGES),
        table_of("audiences", audience), foreign=limits,
    )  # fmt: skip
    rows = made.to_pyarrow().to_pylist()
    return rows[0] if rows else None


def test_more_foreign_comments_never_raise_the_score(table_of: Callable[..., Any]) -> None:
    made = [row(table_of, told(n)[0])["contribution"] for n in (0, 10, 30, 60)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert -CHECK.weight <= made[-1] < made[2] < 0


def test_languages_of_the_account_and_of_its_audience_and_english_are_at_home(
    table_of: Callable[..., Any],
) -> None:
    for code, audience in (("fr", ""), ("en", ""), ("ar", AUDIENCE), ("und", "")):
        assert row(table_of, told(20, code)[0], audience=audience)["observed"] == 0.0, code
    assert row(table_of, told(20, "ar")[0])["observed"] > 0.3


def test_it_is_held_against_what_peers_get(table_of: Callable[..., Any]) -> None:
    found = row(table_of, told(30, peers=20)[0])
    assert (found["expected"], found["compared_with"]) == (0.5, "en (25)")
    few = row(table_of, told(30, peers=20)[0], replace(LIMITS, least_peers=26))
    assert (few["expected"], few["compared_with"]) == (LIMITS.floor, "")


def test_every_other_setting_changes_something(table_of: Callable[..., Any]) -> None:
    read = told(30)[0]
    usual = row(table_of, read)
    for name, value in {
        "floor": 0.35, "full": 0.9, "points": 1.0, "least_words": 9, "least_comments": 61,
    }.items():  # fmt: skip
        assert row(table_of, read, replace(LIMITS, **{name: value})) != usual, name
    french = told(30, "fr")[0]
    assert row(table_of, french, replace(LIMITS, own_share=0.2))["observed"] > 0
    arabic = told(30, "ar")[0]
    wide = replace(LIMITS, audience_share=0.5)
    assert row(table_of, arabic, wide, AUDIENCE)["observed"] > 0


def test_foreign_comments_are_shown(table_of: Callable[..., Any]) -> None:
    read, sampled = told(2)
    shown = evidence(
        ibis.memtable(read), ibis.memtable(sampled), table_of("account_languages", LANGUAGES),
        table_of("audiences"), foreign=LIMITS,
    )  # fmt: skip
    ids = sorted(r["evidence_id"] for r in shown.to_pyarrow().to_pylist())
    assert ids == ["x:me:c1", "x:me:c2"]
