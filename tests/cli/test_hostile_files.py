"""Files that mean harm, or are only broken, from the door to the report of a vetting."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.lake.lake import Lake

if TYPE_CHECKING:
    from pathlib import Path

N_POSTS = 24
NASTY = (
    "a\u202eevil\u2069\u200f\u2066 b\u202c",
    "nul \x00 and escapes \x1b[31m \x7f \ufeff",
    "z" + "\u0300" * 4_000 + " zalgo",
    "Смешанный 混合 テキスト عربی فارسی 🏳️‍🌈 mixed",
    "half a pair \ud83d alone \udc00",
    "=cmd|' /C calc'!A0",
    "{observed} %s '\"; DROP TABLE posts; --",
    "\t\n ",
    "كـــــودُ خَصْـــــمٍ \u0640\u0640 پَسْت",
)
HUGE = "كود خصم " * 900_000
"""More than ten megabytes of UTF-8."""


def at(number: int) -> str:
    return f"2026-{1 + number % 9:02}-{1 + number % 27:02}T10:{number % 60:02}:00Z"


def rows_of_posts() -> list[dict[str, Any]]:
    return [
        {
            "post_id": f"x:p{number}", "account_id": "x:wave", "platform": "x",
            "published_at": at(number), "kind": "text", "text": NASTY[number % len(NASTY)],
        }
        for number in range(N_POSTS)
    ]  # fmt: skip


def rows_of_comments() -> list[dict[str, Any]]:
    said = [HUGE, *(NASTY * 6)]
    return [
        {
            "comment_id": f"x:c{number}", "post_id": f"x:p{number % N_POSTS}",
            "account_id": f"x:reader{number % 9}", "published_at": at(number + 1), "text": text,
        }
        for number, text in enumerate(said)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files loaded through the door, then run."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "accounts.csv").write_text(
        "account_id,platform,handle,name,bio\n"
        'x:wave,x,wave,"\u202eWave\u2069","line one\nline two \u0300\u0301 ""quoted"""\n',
        encoding="utf-8",
    )
    for name, rows in (("posts", rows_of_posts()), ("comments", rows_of_comments())):
        # ASCII escapes: lone halves of pairs and NULs stand in the file as JSON writes them.
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="ascii")
    place = folder / "lake"
    for file in ("accounts.csv", "posts.jsonl", "comments.jsonl"):
        words = ["load", str(folder / file), "--yes", "--lake", str(place)]
        done = CliRunner().invoke(mawj, words)
        assert done.exit_code == 0, done.output
    done = CliRunner().invoke(mawj, ["run", "--lake", str(place)])
    assert done.exit_code == 0, done.output
    return place


def test_every_row_is_loaded_or_set_aside_with_a_reason(lake: Path) -> None:
    assert len(HUGE.encode()) > 10_000_000
    with Lake.open(lake) as opened:
        n_kept = {name: opened.read(name).count().execute() for name in ("posts", "comments")}
        rejected = opened.read("rejected").to_pyarrow().to_pylist()
        longest = opened.read("comments").mutate(n=lambda t: t.text.length()).n.max().execute()
    n_asked = N_POSTS + len(rows_of_comments())
    assert sum(n_kept.values()) + len(rejected) == n_asked
    assert all(row["reason"] for row in rejected)
    assert n_kept["posts"] >= N_POSTS - N_POSTS // len(NASTY) - 1
    assert longest > 1_000_000


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_the_vetting_speaks_and_shows_no_control_signs(lake: Path, language: str) -> None:
    words = ["vet", "x:wave", "--lake", str(lake), "--format", "json", "--lang", language]
    done = CliRunner().invoke(mawj, words)
    assert done.exit_code == 0, done.output
    (account,) = json.loads(done.stdout)["accounts"]
    assert account["scores"]
    for score in account["scores"]:
        assert 0.0 <= score["value"] <= 100.0
        for reason in score["reasons"]:
            assert reason["status"] != "not_assessed" or reason["missing"]
            for shown in reason["evidence"]:
                quote = shown["quote"] or ""
                assert len(quote) <= 200
                assert not {*quote} & {"\x00", "\x1b", "\u202e", "\u2066", "\ud83d"}


def test_a_sheet_of_it_runs_nothing(lake: Path) -> None:
    words = ["vet", "x:wave", "--lake", str(lake), "--format", "csv"]
    done = CliRunner().invoke(mawj, words)
    assert done.exit_code == 0, done.output
    cells = [cell for row in csv.reader(done.stdout.splitlines()) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
