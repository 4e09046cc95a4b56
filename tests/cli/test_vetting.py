"""`mawj vet` as a person types it, on the small made-up world."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.main import mawj
from mawj.flow.opened import OpenLake
from mawj.lake.lake import Lake
from mawj.tables.errors import NotEnoughData, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SUBJECT = ("--find", "coffee", "--top", "3")


def call(*words: str, lake: Path, form: str = "json", said: str = "") -> Result:
    words = ("vet", *words, "--lake", str(lake), "--format", form)
    done = CliRunner().invoke(mawj, words, input=said, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def whom(built_lake: Path) -> list[str]:
    words = ["find", "--top", "3", "--lake", str(built_lake), "--format", "json"]
    told = json.loads(CliRunner().invoke(mawj, words).stdout)
    return [one["account_id"] for one in told["found"]]


def test_the_points_of_each_score_add_up(built_lake: Path, whom: list[str]) -> None:
    told = json.loads(call(whom[0], lake=built_lake).stdout)
    assert len(told["accounts"]) == 1
    for score in told["accounts"][0]["scores"]:
        total = sum(reason["contribution"] for reason in score["reasons"])
        assert total == pytest.approx(score["value"], abs=1e-9)


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ("credibility", "Brands advertised", "How it writes", "words a post")),
        ("ar", ("المصداقية", "علامات أعلن عنها", "أسلوب الكتابة", "كلمات المنشور")),
        ("fa", ("اعتبار", "برندهایی که تبلیغ کرده", "شیوهٔ نوشتن", "واژه در هر پست")),
    ],
)
def test_an_account_is_told_in_three_languages(
    built_lake: Path, whom: list[str], language: str, headings: tuple[str, ...]
) -> None:
    shown = call(whom[0], "--lang", language, lake=built_lake, form="table").stdout
    assert all(heading in shown for heading in headings)
    assert "{" not in shown


def test_a_list_from_a_pipe_a_file_or_words_is_vetted_in_one_call(
    built_lake: Path, whom: list[str], tmp_path: Path
) -> None:
    text = "account_id,name\n" + "".join(f"{one},somebody\n" for one in whom)
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    piped = json.loads(call("--list", "-", lake=built_lake, said=text).stdout)
    read = json.loads(call("--list", str(file), lake=built_lake).stdout)
    assert [line["account_id"] for line in piped["lines"]] == whom
    assert read["lines"] == piped["lines"]
    found = json.loads(call(*SUBJECT, lake=built_lake).stdout)
    assert len(found["lines"]) == 3
    shown = call(*SUBJECT, lake=built_lake, form="table").stdout
    assert all(line["account_id"] in shown for line in found["lines"])


def test_csv_has_a_line_a_finding_or_for_a_list_a_line_an_account(
    built_lake: Path, whom: list[str]
) -> None:
    one = list(csv.DictReader(io.StringIO(call(whom[0], lake=built_lake, form="csv").stdout)))
    assert {row["subject_id"] for row in one} == {whom[0]}
    assert "base" in {row["finding"] for row in one}
    several = list(csv.DictReader(io.StringIO(call(*whom, lake=built_lake, form="csv").stdout)))
    assert [row["account_id"] for row in several] == whom
    assert 0 <= float(several[0]["credibility"]) <= 100


def test_who_is_not_loaded_is_named_and_can_be_left_out(
    built_lake: Path, whom: list[str]
) -> None:
    with pytest.raises(NotFound, match="1 of 2 are no loaded account: x:nobody"):
        call("x:nobody", whom[0], lake=built_lake)
    done = call("x:nobody", whom[0], "--skip-unknown", lake=built_lake)
    assert "x:nobody" in done.stderr
    assert len(json.loads(done.stdout)["lines"]) == 1


def test_nobody_to_vet_is_said_with_what_to_do(built_lake: Path) -> None:
    with pytest.raises(NotEnoughData, match="--list FILE or --find WORDS"):
        call(lake=built_lake)


def test_a_vetting_that_is_kept_is_shown_again_as_it_was(
    own_lake: Path, whom: list[str]
) -> None:
    first = json.loads(call(*whom, "--keep", "--details", lake=own_lake).stdout)
    listed = json.loads(call("--kept", lake=own_lake).stdout)
    assert [row["vetting_id"] for row in listed] == [first["vetting_id"]]
    again = json.loads(call("--again", first["vetting_id"], "--details", lake=own_lake).stdout)
    assert again == first
    with pytest.raises(NotFound, match="--kept"):
        call("--again", "none", lake=own_lake)


def test_a_brand_is_named_and_what_it_says_in_vain_is_told(
    built_lake: Path, whom: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "brand.toml"
    file.write_text(
        'name = "Nakhla"\nvalues = ["something nobody understands"]\n'
        '[[red_line]]\nsubject = "alcohol"\n',
        encoding="utf-8",
    )
    done = call(whom[0], "--brand", str(file), lake=built_lake)
    assert json.loads(done.stdout)["brand"] == "Nakhla"
    assert "something nobody understands" in done.stderr


def test_the_date_that_politics_is_split_on_is_in_force_and_kept(
    own_lake: Path, whom: list[str]
) -> None:
    call(whom[0], "--split-on", "2026-05-01", "--keep", lake=own_lake)
    with Lake.open(own_lake) as lake:
        (settings,) = lake.read("vettings").to_pyarrow()["settings"].to_pylist()
    assert json.loads(settings)["PoliticalSplit"]["split_on"] == "2026-05-01"
    words = ["vet", whom[0], "--split-on", "in May", "--lake", str(own_lake)]
    refused = CliRunner().invoke(mawj, words)
    assert refused.exit_code == 2
    assert "--split-on" in refused.output


def test_why_tells_one_score_of_trust_too(built_lake: Path, whom: list[str]) -> None:
    def why(score: str, form: str) -> str:
        words = ["why", whom[0], "--score", score, "--lake", str(built_lake), "--format", form]
        return CliRunner().invoke(mawj, words, catch_exceptions=False).stdout

    told = json.loads(why("credibility", "json"))
    assert [one["score"] for one in told["accounts"][0]["scores"]] == ["credibility"]
    rows = list(csv.DictReader(io.StringIO(why("credibility", "csv"))))
    assert {row["score"] for row in rows} == {"credibility"}
    with pytest.raises(NotFound, match="credibility"):
        why("luck", "json")


def test_python_asks_the_same(built_lake: Path, whom: list[str]) -> None:
    told = json.loads(call(whom[0], lake=built_lake).stdout)
    mine = OpenLake(Lake.open(built_lake)).vet(whom[0])
    score = mine.accounts[0].score("credibility")
    assert score is not None
    assert score.value == told["accounts"][0]["scores"][0]["value"]


def test_a_page_and_paper_are_written_and_the_vetting_kept(
    own_lake: Path, whom: list[str], tmp_path: Path
) -> None:
    page = tmp_path / "out" / "report.html"
    call(whom[0], "--html", str(page), "--lang", "fa", lake=own_lake)
    assert 'dir="rtl"' in page.read_text(encoding="utf-8")
    assert len(json.loads(call("--kept", lake=own_lake).stdout)) == 1
