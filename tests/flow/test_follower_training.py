"""mawj train followers: any file of labelled accounts becomes a model that vetting asks."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from mawj.flow.follower_rows import labelled_faces
from mawj.flow.follower_training import follower_models, model_path, train_followers
from mawj.lake.lake import Lake
from mawj.tables.errors import NotEnoughData, SettingsError, SourceRefused
from mawj.vet.follower_model import FollowerFitLimits, from_json

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def rows(n: int) -> list[dict[str, Any]]:
    random = np.random.default_rng(3)
    made = []
    for number in range(n):
        fake = number % 2 == 0
        made.append({
            "screen_name": f"user{10**7 + number}" if fake else "sara.ahmadi",
            "Full name": "" if fake else "سارا احمدی",
            "#followers": str(int(random.lognormal(2 if fake else 5))),
            "friends_count": f"{int(random.lognormal(7 if fake else 5)):,}",
            "posts": "0" if fake and number % 4 else "٣٠",
            "profile pic": "no" if fake and number % 3 else "yes",
            "fake": "1" if fake else "0",
        })  # fmt: skip
    return made


def written(path: Path, made: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, made[0])
        writer.writeheader()
        writer.writerows(made)
    return path


def test_headings_of_many_sets_are_understood(lake: Lake, tmp_path: Path) -> None:
    told = labelled_faces(lake, written(tmp_path / "rows.csv", rows(40)))
    assert told.headings["followers"] == "#followers"
    assert told.headings["following"] == "friends_count"
    assert told.is_fake.sum() == 20
    assert told.faces["posts"].tolist()[:2] == [30.0, 30.0]
    assert told.faces["handle_digit_share"][0] == pytest.approx(8 / 12)
    assert told.faces["name_words"][1] == 2.0
    assert set(told.faces["has_picture"]) == {0.0, 1.0}


def test_a_mapping_says_what_headings_and_labels_mean(lake: Lake, tmp_path: Path) -> None:
    kinds = {"1": "sold", "0": "kept"}
    made = [
        {"A": row["#followers"], "B": row["friends_count"], "C": kinds[row["fake"]]}
        for row in rows(40)
    ]
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'followers = "A"\nfollowing = "B"\nis_fake = "C"\nfake = ["sold"]\ngenuine = ["kept"]\n'
    )
    told = labelled_faces(lake, written(tmp_path / "rows.csv", made), mapping)
    assert (told.is_fake.sum(), sorted(told.faces)) == (20, ["followers", "following"])


def test_rows_without_a_clear_label_are_left_out(lake: Lake, tmp_path: Path) -> None:
    made = rows(40)
    made[0]["fake"], made[1]["fake"] = "", "perhaps"
    told = labelled_faces(lake, written(tmp_path / "rows.csv", made))
    assert (len(told.is_fake), told.n_left_out) == (38, 2)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ("a,b\n1,2\n", SourceRefused, "label"),
        ("fake\n1\n", SourceRefused, "field of an account"),
        ("fake,followers\nmaybe,2\n", SourceRefused, "no label says"),
        ("fake,followers\n1,2\n0,3\n", NotEnoughData, "1 rows of one class"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_words(
    lake: Lake, tmp_path: Path, content: str, error: type[Exception], words: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(content)
    with pytest.raises(error, match=words):
        train_followers(lake, path, None, limits=FollowerFitLimits(), at=AT)
    assert follower_models(lake).num_rows == 0


def test_a_mapping_that_names_nothing_is_refused(lake: Lake, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    for content in ('shoe_size = "A"', 'followers = "absent"', "not toml ["):
        mapping.write_text(content)
        with pytest.raises(SettingsError):
            labelled_faces(lake, written(tmp_path / "rows.csv", rows(4)), mapping)


def test_the_model_is_kept_with_a_card_and_read_by_vetting(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path / "rows.csv", rows(120))
    done = train_followers(lake, path, None, limits=FollowerFitLimits(), at=AT)
    card = json.loads(done.path.read_text("utf-8"))["card"]
    assert (card["rows"], card["fake"], card["fitted_at"]) == (120, 60, "2026-01-02")
    assert card["figures"]["auc"] > 0.95
    assert card["figures"]["recall"] > 0.8
    assert card["reasons"][0]["why"]
    assert "sara" not in done.path.read_text("utf-8")
    (text,) = follower_models(lake)["model"].to_pylist()
    assert from_json(text).weighed == done.model.weighed


def test_a_spoilt_model_is_said_to_be_one(lake: Lake) -> None:
    model_path(lake).parent.mkdir(parents=True)
    model_path(lake).write_text("{}")
    with pytest.raises(SettingsError, match="no model of followers"):
        follower_models(lake)
