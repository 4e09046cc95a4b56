"""The detectors' disagreement is told, and takes no points."""

from __future__ import annotations

from typing import Any

from mawj.vet.checks.detectors_disagree import Disagreement, detectors_disagree


def found(arrow_of: Any, n_split: int, n: int, **limits: Any) -> list[dict[str, Any]]:
    text = (
        "account_id | platform | n_judged | n_split | n_face_spoke | n_face_fake | "
        "n_ratio_and_age_spoke | n_ratio_and_age_fake\n"
        f"x:star | x | {n} | {n_split} | {n} | {n // 4} | {n // 2} | {n // 2}"
    )
    shares = arrow_of("follower_shares", text)
    shares = shares.from_pylist(
        [{k: 0 if v is None and k.startswith("n_") else v for k, v in row.items()}
         for row in shares.to_pylist()],
        schema=shares.schema,
    )  # fmt: skip
    return detectors_disagree(shares, disagreement=Disagreement(**limits)).to_pylist()


def test_the_share_and_what_each_found_are_told_without_points(arrow_of: Any) -> None:
    (row,) = found(arrow_of, 100, 400)
    assert (row["observed"], row["contribution"]) == (0.25, 0.0)
    assert row["observed_low"] < 0.25 < row["observed_high"]
    assert row["compared_with"] == "face 25%, ratio and age 100%"


def test_a_small_sample_is_not_told(arrow_of: Any) -> None:
    assert found(arrow_of, 5, 20) == []
    assert found(arrow_of, 5, 20, least=20)
