"""The checks of one family of subjects each: theirs is found, that of others is not."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from mawj.vet.checks.family_unfit_posts import family_unfit_posts
from mawj.vet.checks.gambling_posts import gambling_posts
from mawj.vet.checks.hateful_posts import hateful_posts
from mawj.vet.checks.offensive_posts import offensive_posts
from mawj.vet.checks.political_posts import political_posts
from mawj.vet.checks.religion_offending_posts import religion_offending_posts
from mawj.vet.checks.sexual_posts import sexual_posts
from mawj.vet.checks.substance_posts import substance_posts
from mawj.vet.checks.violent_posts import violent_posts
from mawj.vet.safety.conflicts import ConflictWeights
from mawj.vet.safety.lists import SUBJECTS
from tests.vet.checks.red_lines import NOW, line, post, read, rows

CHECKS = (
    offensive_posts, hateful_posts, violent_posts, sexual_posts, substance_posts,
    gambling_posts, religion_offending_posts, family_unfit_posts, political_posts,
)  # fmt: skip
LINES = rows("brand_red_lines", *[line(subject) for subject in SUBJECTS])


def beside(check: Any, name: str) -> Any:
    return vars(sys.modules[check.__module__])[name]


def made(check: Any, *posts: dict[str, Any]) -> list[dict[str, Any]]:
    found = check(
        rows("sensitive_posts", *posts), read(), LINES,
        conflict_weights=ConflictWeights(), as_of=NOW,
    )  # fmt: skip
    return list(found.to_pylist())


def test_every_subject_has_one_check() -> None:
    subjects = [subject for check in CHECKS for subject in beside(check, "SUBJECTS")]
    assert sorted(subjects) == sorted(SUBJECTS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_its_own_subjects_are_found_and_others_are_not(check: Any) -> None:
    mine = beside(check, "SUBJECTS")
    others = [post(subject, n) for n, subject in enumerate(SUBJECTS) if subject not in mine]
    assert {row["contribution"] for row in made(check, *others)} == {0.0}
    raised = made(check, *[post(subject, n) for n, subject in enumerate(mine)])
    assert all(row["contribution"] < 0 and row["observed"] == 1.0 for row in raised)
    assert sum(row["contribution"] for row in raised) >= -beside(check, "CHECK").weight


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_posts_are_shown_under_what_they_are_about(check: Any) -> None:
    subject = beside(check, "SUBJECTS")[-1]
    shown = beside(check, "evidence")(
        rows("sensitive_posts", post(subject)), LINES,
        conflict_weights=ConflictWeights(), as_of=NOW,
    ).to_pylist()  # fmt: skip
    about = {row["about"] for row in made(check, post(subject)) if row["contribution"]}
    assert [row["quote"] for row in shown] == ["the words"]
    assert {row["about"] for row in shown} == about
