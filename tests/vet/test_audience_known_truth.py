"""The audience checks on the small made-up world, whose bots are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.settings import settings_in_force
from mawj.flow.vetting import VetAsked, vet
from mawj.lake.lake import Lake
from mawj.worlds.world import small_world

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 20
"""The small world's accounts have few followers; fewer are judged here than by default."""


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    """Role and cleanliness of each account."""
    made = small_world(1).truth["accounts"]
    return {row["account_id"]: row for row in made.to_pylist()}


@pytest.fixture(scope="module")
def vetted(built_lake: Path, truth: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Findings of each creator by check, with its true share of bots."""
    with Lake.open(built_lake) as lake:
        follows = lake.read("follows").filter(lambda t: t.ended_at.isnull()).to_pyarrow()
        in_force = settings_in_force()
        for name in ("FakeFollowers", "MassFollowing", "Disagreement"):
            in_force[name] = type(in_force[name])(least=LEAST)  # type: ignore[call-arg]
        creators = [name for name, row in truth.items() if row["role"] == "creator"]
        findings = vet(lake, VetAsked(creators, in_force, {})).findings.to_pylist()
    told: dict[str, dict[str, Any]] = {name: {"bots": []} for name in creators}
    for row in follows.to_pylist():
        if row["followed_id"] in told:
            is_bot = truth[row["follower_id"]]["role"] == "bot"
            told[row["followed_id"]]["bots"].append(is_bot)
    for row in findings:
        told[row["subject_id"]][row["finding"]] = row
    return told


def share_of_bots(row: dict[str, Any]) -> float:
    return sum(row["bots"]) / max(len(row["bots"]), 1)


def judged(vetted: dict[str, dict[str, Any]], check: str) -> dict[str, dict[str, Any]]:
    return {k: v for k, v in vetted.items() if v[check]["status"] != "not_assessed"}


def test_the_true_share_lies_in_nearly_every_interval(vetted: Any) -> None:
    rows = judged(vetted, "fake_followers").values()
    held = [
        r["fake_followers"]["observed_low"]
        <= share_of_bots(r)
        <= r["fake_followers"]["observed_high"]
        for r in rows
    ]
    assert len(held) > 20
    assert sum(held) / len(held) >= 0.85


def test_audiences_of_many_bots_are_raised(vetted: Any) -> None:
    sold = [r for r in judged(vetted, "fake_followers").values() if share_of_bots(r) > 0.38]
    assert sold
    assert all(row["fake_followers"]["status"] == "raised" for row in sold)


@pytest.mark.parametrize("check", ["fake_followers", "mass_following_followers",
                                   "inactive_followers", "audience_language"])  # fmt: skip
def test_hardly_a_clean_creator_is_raised(vetted: Any, truth: Any, check: str) -> None:
    clean = [r[check] for k, r in vetted.items() if truth[k]["is_clean"]]
    taken = [row["contribution"] for row in clean]
    assert len(taken) > 30
    # One English channel of this world is read by speakers of Arabic and Persian only.
    assert sum(points < 0 for points in taken) <= (check == "audience_language")


def test_two_looks_give_the_same_findings(built_lake: Path, vetted: Any) -> None:
    name = next(iter(judged(vetted, "fake_followers")))
    with Lake.open(built_lake) as lake:
        in_force = settings_in_force()
        in_force["FakeFollowers"] = type(in_force["FakeFollowers"])(least=LEAST)  # type: ignore[call-arg]
        findings = vet(lake, VetAsked([name], in_force, {})).findings.to_pylist()
    (again,) = [row for row in findings if row["finding"] == "fake_followers"]
    before = vetted[name]["fake_followers"]
    # Alone, it has no vetted neighbours to be known by; faces say the same.
    assert again["sample_size"] == before["sample_size"]
    assert again["observed"] == pytest.approx(before["observed"], abs=0.15)
