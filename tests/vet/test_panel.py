"""The panel of detectors: what each says, what they say together, and whom they leave alone."""

from __future__ import annotations

import numpy as np

from mawj.vet.follower_model import probability
from mawj.vet.panel import (
    DETECTORS,
    EVERYBODY,
    disagreement,
    neighbour_word,
    rule_words,
    together,
)

PERSON = {
    "followers": 180, "following": 310, "posts": 40, "bio_length": 30, "name_words": 2,
    "handle_digit_share": 0.1, "is_name_handle": 0, "has_picture": 1, "is_private": 0,
    "age_days": 1500,
}  # fmt: skip
SOLD = {
    "followers": 6, "following": 3800, "posts": 0, "bio_length": 0, "name_words": 1,
    "handle_digit_share": 0.6, "is_name_handle": 1, "has_picture": 0, "is_private": 0,
    "age_days": 90,
}  # fmt: skip


def words(**told: float | None) -> dict[str, float]:
    face = {n: np.array([np.nan if v is None else float(v)]) for n, v in told.items()}
    return {name: float(values[0]) for name, values in rule_words(face).items()}


def panel(**told: float | None) -> float:
    said = {name: np.array([value]) for name, value in words(**told).items()}
    return float(probability(together(said))[0])


def test_a_sold_account_is_found_and_a_person_is_not() -> None:
    assert panel(**SOLD) > 0.95
    assert panel(**PERSON) < 0.05


def test_common_habits_of_genuine_people_are_not_enough_one_at_a_time() -> None:
    assert panel(**PERSON | {"has_picture": 0, "bio_length": 0}) < 0.5
    assert panel(**PERSON | {"handle_digit_share": 0.55, "name_words": 1}) < 0.5
    assert panel(**PERSON | {"posts": 0, "bio_length": 0}) < 0.5
    assert panel(**PERSON | {"followers": 10, "following": 800}) < 0.5


def test_a_detector_of_which_too_little_is_known_says_nothing() -> None:
    said = words(followers=5, following=3000)
    assert np.isnan(said["face"])
    assert np.isnan(said["naming"])
    assert said["ratio_and_age"] > 0


def test_one_detector_alone_is_no_panel() -> None:
    assert np.isnan(panel(followers=5, following=3000))


def test_each_detector_finds_its_own_kind() -> None:
    for name in ("face", "naming", "ratio_and_age", "activity"):
        assert words(**SOLD)[name] > words(**PERSON)[name], name
    assert {one.name for one in DETECTORS} < set(EVERYBODY)


def test_a_run_of_consonants_counts_in_naming() -> None:
    odd = PERSON | {"handle_consonant_run": 7}
    assert words(**odd)["naming"] > words(**PERSON)["naming"] + 1


def test_long_silence_counts_in_activity() -> None:
    silent = PERSON | {"silent_days": 900}
    assert words(**silent)["activity"] > words(**PERSON)["activity"]


def test_a_closed_and_an_old_account_is_believed_more() -> None:
    doubtful = SOLD | {"has_picture": 1, "is_name_handle": 0, "following": 90}
    assert panel(**doubtful | {"is_private": 1}) < panel(**doubtful)
    assert panel(**doubtful | {"age_days": 3000}) < panel(**doubtful)


def test_company_and_bursts_are_read_where_either_is_known() -> None:
    company = {"company_share": np.array([0.4, 0.0, np.nan, np.nan]),
               "burst_times": np.array([20.0, 1.0, 20.0, np.nan])}  # fmt: skip
    said = neighbour_word(company)
    assert said[0] > 0 > said[1]
    assert said[1] < said[2] < said[0]
    assert np.isnan(said[3])


def test_neighbours_alone_do_not_make_a_person_fake() -> None:
    said = {name: np.array([value]) for name, value in words(**PERSON).items()}
    said["neighbours"] = np.array([5.0])
    assert together(said)[0] < 0


def test_they_disagree_where_they_stand_on_both_sides() -> None:
    said = {
        "face": np.array([2.0, -1.0, 2.0, np.nan]),
        "naming": np.array([-1.0, -1.0, 1.0, 1.0]),
    }
    told = disagreement(said)
    assert told[:3].tolist() == [1.0, 0.0, 0.0]
    assert np.isnan(told[3])
