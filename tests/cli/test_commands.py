"""The commands as a person types them, on the small made-up world."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mawj.cli.asking import find as find_command
from mawj.cli.main import mawj
from mawj.flow.facets_asked import FACETS
from mawj.tables.errors import ActionRefused, LakeError, MappingNeeded, NotFound, RunNotFound

if TYPE_CHECKING:
    from click.testing import Result


def call(*words: str, lake: Path, form: str = "json", **environment: str) -> Result:
    words = (*words, "--lake", str(lake), "--format", form)
    return CliRunner().invoke(mawj, words, env=environment, catch_exceptions=False)


def answer(*words: str, lake: Path) -> object:
    done = call(*words, lake=lake)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def best(lake: Path, *words: str) -> dict[str, object]:
    return answer("find", "--top", "1", *words, lake=lake)["found"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    "spelling",
    ["قهوة مختصة", "القهوه المختصه", "قَهْوَة مُخْتَصّة", "قـهـوة مختصة", "قهوه تخصصی",
     "قهوۀ تخصصي", "specialty coffee", "Specialty  COFFEE"],
)  # fmt: skip
def test_every_spelling_finds_the_same_accounts(built_lake: Path, spelling: str) -> None:
    plain = answer("find", "specialty coffee", lake=built_lake)
    found = answer("find", spelling, lake=built_lake)
    assert found["topic_ids"] == ["food.coffee.specialty"]  # type: ignore[index]
    assert found["found"] == plain["found"]  # type: ignore[index]
    assert len(found["found"]) > 0  # type: ignore[index]


def test_filters_hold_for_every_account_found(built_lake: Path) -> None:
    words = ("find", "--platform", "instagram", "--tier", "micro", "--min-influence", "10")
    found = answer(*words, lake=built_lake)["found"]  # type: ignore[index]
    assert len(found) > 0
    for one in found:
        assert one["platform"] == "instagram"
        assert one["tier"] == "micro"
        assert one["influence"] >= 10


def test_every_facet_is_an_option(built_lake: Path) -> None:
    taken = {one.name: one for one in find_command.params}
    for facet in FACETS:
        option = taken[facet.name]
        assert f"--{facet.name.replace('_', '-')}" in option.opts
        choices = getattr(option.type, "choices", ())
        assert tuple(choices) == facet.metadata["choices"]
    unvetted = answer("find", "--trust", "not_assessed", lake=built_lake)
    assert unvetted["n_matching"] > 0  # type: ignore[index]
    arabic = answer("find", "--audience-language", "ar", lake=built_lake)
    assert 0 < arabic["n_matching"] < unvetted["n_matching"]  # type: ignore[index]
    for words in (("--trust", "calm"), ("--price", "known"), ("--fee-at-most", "5")):
        assert answer("find", *words, lake=built_lake)["found"] == []  # type: ignore[index]
    assert call("find", "--trust", "saintly", lake=built_lake).exit_code == 2


def test_the_order_asked_for_is_the_order_given(built_lake: Path) -> None:
    for order in ("influence", "followers", "relevance"):
        found = answer("find", "--order", order, lake=built_lake)["found"]  # type: ignore[index]
        values = [one[order] or -1 for one in found]
        assert values == sorted(values, reverse=True), order


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (("find", "--order", "luck"), NotFound, "match, influence"),
        (("find", "--topic", "no.such"), NotFound, "mawj topics"),
        (("find", "--tier", "giant"), NotFound, "has no tier"),
        (("why", "instagram:nobody"), NotFound, "no loaded account"),
        (("compare", "one"), ActionRefused, "two to 5"),
        (("changes",), RunNotFound, "no earlier run"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    built_lake: Path, words: tuple[str, ...], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        call(*words, lake=built_lake)


def test_a_lake_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="MAWJ_LAKE"):
        call("find", "coffee", lake=tmp_path / "none")


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_why_adds_up_and_speaks_three_languages(built_lake: Path, language: str) -> None:
    account = str(best(built_lake)["account_id"])
    told = answer("why", account, lake=built_lake)
    total = sum(reason["contribution"] for reason in told["reasons"])  # type: ignore[index]
    assert total == pytest.approx(told["influence"], abs=1e-9)  # type: ignore[index]
    shown = call("why", account, "--lang", language, lake=built_lake, form="table").output
    heading = {"en": "reason", "ar": "العامل", "fa": "عامل"}[language]
    assert heading in shown
    assert "{" not in shown


def test_an_account_is_found_by_id_handle_or_address(built_lake: Path) -> None:
    one = best(built_lake, "--platform", "x")
    handle = str(one["handle"])
    for said in (str(one["account_id"]), f"x:@{handle}", f"https://x.com/{handle}?s=20"):
        assert answer("why", said, lake=built_lake)["account_id"] == one["account_id"]  # type: ignore[index]


def test_compare_shows_each_side_and_how_sure_the_order_is(built_lake: Path) -> None:
    found = answer("find", "--top", "2", lake=built_lake)["found"]  # type: ignore[index]
    ids = [str(one["account_id"]) for one in found]
    told = answer("compare", *ids, lake=built_lake)
    assert [side["account_id"] for side in told["sides"]] == ids  # type: ignore[index]
    assert 0 <= told["p_first_above_second"] <= 1  # type: ignore[index]
    shown = call("compare", *ids, lake=built_lake, form="table").output
    assert all(one in shown for one in ids)


def test_csv_is_read_back_by_a_spreadsheet(built_lake: Path) -> None:
    text = call("find", "--top", "3", lake=built_lake, form="csv").output
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    assert float(rows[0]["influence"]) > 0


@pytest.mark.parametrize("command", ["tiers", "coverage", "lake", "topics", "settings"])
def test_every_answer_comes_as_table_csv_and_json(built_lake: Path, command: str) -> None:
    for form in ("table", "csv", "json"):
        done = call(command, lake=built_lake, form=form)
        assert done.exit_code == 0, (command, form)
        assert len(done.output) > 100, (command, form)


def test_a_file_is_loaded_once_and_its_bad_rows_kept(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(
        "username,platform,followers,country\n"
        "dune,instagram,6.2M,SA\nwave,instagram,۱۲٬۳۴۵,IR\nbad,instagram,many,SA\n",
        encoding="utf-8",
    )
    lake = tmp_path / "lake"
    first = answer("load", str(file), "--yes", lake=lake)[0]  # type: ignore[index]
    assert first["n_rows"] == 3
    assert first["n_rejected"] == 1
    assert "many" in first["first_reasons"][0]
    again = answer("load", str(file), "--yes", lake=lake)[0]  # type: ignore[index]
    assert again["was_known"] is True
    answer_run = call("run", lake=lake, form="table")
    assert answer_run.exit_code == 0
    told = answer("find", "--with-unranked", "--order", "followers", lake=lake)
    followers = {one["handle"]: one["followers"] for one in told["found"]}  # type: ignore[index]
    assert followers == {"dune": 6_200_000, "wave": 12_345, "bad": None}


def test_without_a_terminal_an_uncertain_file_ends_with_a_proposed_mapping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("odd.csv").write_text("colA,colB\nx1,7\nx2,9\n", encoding="utf-8")
    with pytest.raises(MappingNeeded, match=r"odd\.csv"):
        call("load", "odd.csv", lake=tmp_path / "lake")
    assert not (tmp_path / "lake" / "observed").exists()


def test_export_and_import_give_the_same_lake(own_lake: Path, tmp_path: Path) -> None:
    names = ("accounts", "posts", "post_snapshots", "audiences", "listings", "loads")
    tables = [word for name in names for word in ("--table", name)]
    for form in ("parquet", "csv", "jsonl"):
        folder, other = tmp_path / form, tmp_path / f"lake-{form}"
        assert call("export", str(folder), "--as", form, *tables, lake=own_lake).exit_code == 0
        first = answer("import", str(folder), lake=other)
        assert first["accounts"]["n_new"] > 300  # type: ignore[index]
        again = answer("import", str(folder), lake=own_lake)
        moved = [n for n, done in again.items() if done["n_new"] or done["n_changed"]]  # type: ignore[attr-defined]
        assert moved == [], form


def test_a_person_is_erased_everywhere_and_stays_away(own_lake: Path, tmp_path: Path) -> None:
    account = str(best(own_lake)["account_id"])
    key = {"MAWJ_ERASURE_KEY": "a secret of many letters"}
    folder = tmp_path / "before"
    assert call("export", str(folder), lake=own_lake).exit_code == 0
    done = call("erase", account, "--yes", lake=own_lake, **key)
    assert done.exit_code == 0
    assert json.loads(done.output)["scan"]["n_files"] > 10
    shown = call("erase", account, "--yes", lake=own_lake, form="table", **key).output
    assert "0 traces" in shown
    with pytest.raises(NotFound):
        call("why", account, lake=own_lake)
    assert call("import", str(folder), lake=own_lake, **key).exit_code == 0
    with pytest.raises(NotFound):
        call("why", account, lake=own_lake)


def test_changes_say_which_contribution_moved_a_score(own_lake: Path, tmp_path: Path) -> None:
    account = str(best(own_lake)["account_id"])
    platform, _, handle = account.partition(":")
    file = tmp_path / "counts.csv"
    file.write_text(
        f"account_id,platform,handle,followers,date\n{account},{platform},{handle},90000000,2026-10-31\n",
        encoding="utf-8",
    )
    assert call("load", str(file), "--as", "snapshots", "--yes", lake=own_lake).exit_code == 0
    assert call("run", lake=own_lake, form="table").exit_code == 0
    told = answer("changes", lake=own_lake)
    moved = {one["account_id"]: one for one in told["changes"]}  # type: ignore[index]
    parts = dict(moved[account]["parts"])
    assert parts["audience"] > 3
    assert sum(parts.values()) == pytest.approx(
        moved[account]["influence_now"] - moved[account]["influence_before"], abs=1e-9
    )
