"""`mawj overlap` in three languages and forms."""

import json

import pytest
from click.testing import CliRunner
from ibis import _

from mawj.cli.main import mawj


@pytest.fixture
def pair(opened) -> list[str]:
    counted = opened.follows().group_by("followed_id").agg(n=_.count())
    found = counted.order_by(_.n.desc(), "followed_id").limit(2).to_pyarrow()
    return [str(one) for one in found["followed_id"].to_pylist()]


def said(lake, *words: str) -> str:
    made = CliRunner().invoke(mawj, ["overlap", "--lake", str(lake), *words])
    assert made.exit_code == 0, made.output
    return made.output


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "counted twice"), ("ar", "المتابعين المحمَّلين"), ("fa", "مشترک")],
)
def test_it_says_who_shares_whom_in_the_readers_language(built_lake, pair, language, word):
    assert word in said(built_lake, *pair, "--lang", language)


def test_csv_and_json_hold_every_column(built_lake, pair):
    assert said(built_lake, *pair, "--format", "csv").startswith(
        "account_id_l,account_id_r,kind"
    )
    answer = json.loads(said(built_lake, *pair, "--format", "json", "--kind", "comments"))
    assert answer["kind"] == "comments"
    assert answer["pairs"][0]["basis"] == "exact"
