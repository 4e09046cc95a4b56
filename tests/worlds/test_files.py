"""A world on disk."""

import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from mawj.worlds.files import write_files
from mawj.worlds.world import World


@pytest.fixture(scope="module")
def part(world: World) -> World:
    tables = {
        name: world.tables[name].slice(0, 700) for name in ("posts", "comments", "follows")
    }
    return World(tables, {"planted": world.truth["planted"]})


def test_parquet_gives_back_the_same_tables(part: World, tmp_path: Path) -> None:
    paths = write_files(part, tmp_path)
    assert [path.name for path in paths] == [f"{name}.parquet" for name in part.tables]
    assert pq.read_table(tmp_path / "posts.parquet").equals(part.tables["posts"])
    assert pq.read_table(tmp_path / "truth" / "planted.parquet").equals(part.truth["planted"])


def test_csv_keeps_texts_times_and_gaps(part: World, tmp_path: Path) -> None:
    write_files(part, tmp_path, "csv")
    rows = pyarrow.csv.read_csv(
        tmp_path / "posts.csv", parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True)
    ).to_pylist()
    first = part.tables["posts"].slice(0, 1).to_pylist()[0]
    assert len(rows) == part.tables["posts"].num_rows
    assert rows[0]["text"] == first["text"]
    assert rows[0]["published_at"] == first["published_at"]
    assert rows[0]["hashtags"] == " ".join(first["hashtags"])


def test_a_line_of_json_holds_what_is_known(part: World, tmp_path: Path) -> None:
    write_files(part, tmp_path, "jsonl")
    lines = (tmp_path / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    row = part.tables["comments"].slice(0, 1).to_pylist()[0]
    said = json.loads(lines[0])
    assert len(lines) == part.tables["comments"].num_rows
    assert said["text"] == row["text"]
    assert "parent_comment_id" not in said
    assert said["published_at"] == row["published_at"].strftime("%Y-%m-%dT%H:%M:%SZ")


def test_another_format_is_refused(part: World, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        write_files(part, tmp_path, "xlsx")
