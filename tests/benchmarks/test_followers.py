"""The followers benchmark measures what it says, on sets written here in their form."""

import csv
import json

import numpy as np
import pytest

from benchmarks import followers
from benchmarks.followers_sets import sets_of

KAGGLE = "kaggle-instagram-fake-spammer-genuine"


def kaggle_row(random, fake):
    return {
        "profile pic": int(random.random() > 0.5 * fake),
        "nums/length username": round(random.random() * (0.6 if fake else 0.2), 2),
        "fullname words": int(not fake) + 1,
        "nums/length fullname": 0,
        "name==username": 0,
        "description length": 0 if fake else 40,
        "external URL": 0,
        "private": 0,
        "#posts": 0 if fake else int(random.integers(5, 200)),
        "#followers": int(random.integers(0, 60) if fake else random.integers(100, 900)),
        "#follows": int(random.integers(300, 2000) if fake else random.integers(100, 600)),
        "fake": int(fake),
    }


def insta_row(random, fake):
    made = kaggle_row(random, fake)
    return {
        "userFollowerCount": made["#followers"],
        "userFollowingCount": made["#follows"],
        "userBiographyLength": made["description length"],
        "userMediaCount": made["#posts"],
        "userHasProfilPic": made["profile pic"],
        "userIsPrivate": 0,
        "usernameDigitCount": 5 if fake else 0,
        "usernameLength": 10,
        "isFake": int(fake),
    }


@pytest.fixture
def data(tmp_path):
    random = np.random.default_rng(1)
    home = tmp_path / KAGGLE
    home.mkdir()
    rows = [kaggle_row(random, n % 2 == 0) for n in range(120)]
    with (home / "train.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "instafake-v1").mkdir()
    told = [insta_row(random, n % 4 == 0) for n in range(120)]
    (tmp_path / "instafake-v1" / "accounts.json").write_text("[]")
    (tmp_path / "instafake-v1" / "fakeAccountData.json").write_text(json.dumps(told))
    return tmp_path


def test_sets_are_found_in_their_folders_and_alone(data):
    assert list(sets_of(data)) == ["kaggle", "instafake"]
    assert list(sets_of(data / KAGGLE)) == ["kaggle"]
    assert sets_of(data / "nothing") == {}


def test_every_pair_and_every_set_is_measured(data, monkeypatch):
    monkeypatch.setattr(followers, "REPLICATES", 5)
    result = {}
    sets = sets_of(data)
    followers.across(sets, result)
    followers.panel(sets, result)
    assert result["mcc_kaggle_instafake"] > 0.8
    assert result["auc_low_instafake_kaggle"] <= result["auc_instafake_kaggle"]
    assert {"mean_mcc_across", "plain_mean_mcc_across", "panel_specificity_kaggle"} <= set(
        result
    )


def test_figures_are_those_of_the_textbook():
    yes = np.array([True, True, False, False])
    p = np.array([0.9, 0.4, 0.6, 0.1])
    made = followers.figures(p, yes, interval=False)
    assert made["auc"] == 0.75
    assert made["mcc"] == pytest.approx(0.0)
    assert made["f1"] == 0.5
    assert made["brier"] == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert followers.ece(np.array([0.25, 0.25]), np.array([True, False])) == pytest.approx(0.25)


def test_without_data_it_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["followers", "--data", str(tmp_path)])
    followers.main()
    assert capsys.readouterr().out.startswith('RESULT {"skipped"')
