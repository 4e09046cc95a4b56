from __future__ import annotations

from dataclasses import replace

import ibis

from mawj.vet.checks.little_attachment import (
    CHECK,
    LittleAttachment,
    evidence,
    little_attachment,
)
from tests.vet.checks.bond_laws import found
from tests.vet.commenting import COLD, SUBJECT, WARM, peers_of, readings, sample

LIMITS = LittleAttachment()
USUAL = peers_of([WARM] * 30 + [COLD] * 30)


def points(
    n_warm: int, limits: LittleAttachment = LIMITS, n: int = 100, peers: bool = True
) -> float | None:
    said = {SUBJECT: [WARM] * n_warm + [COLD] * (n - n_warm), **(USUAL if peers else {})}
    row = found(little_attachment, said, attachment=limits)
    return row and row["contribution"]


def test_less_warmth_never_raises_the_score() -> None:
    made = [points(n_warm) for n_warm in (60, 40, 15, 5, 0)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert -CHECK.weight <= made[-1] < made[2] < 0


def test_it_is_held_against_half_of_the_peers_or_what_is_taken_for_usual() -> None:
    said = {SUBJECT: [COLD] * 50}
    assert found(little_attachment, {**said, **USUAL}, attachment=LIMITS)["expected"] == 0.5
    assert found(little_attachment, said, attachment=LIMITS)["expected"] == 0.35


def test_every_setting_changes_something() -> None:
    for name, value in {"part_of_usual": 0.9, "points": 1.0}.items():
        assert points(10, replace(LIMITS, **{name: value})) != points(10), name
    alone = points(10, LittleAttachment(usual=0.9), peers=False)
    assert alone != points(10, peers=False)
    assert points(10, LittleAttachment(least_comments=101)) is None


def test_warm_comments_are_shown_with_their_words() -> None:

    sampled = sample({SUBJECT: [WARM, COLD], "x:peer": [WARM]})
    shown = evidence(ibis.memtable(readings(sampled)), ibis.memtable(sampled))
    rows = shown.to_pyarrow().to_pylist()
    assert [(r["account_id"], r["evidence_id"], r["quote"]) for r in rows] == [
        (SUBJECT, f"{SUBJECT}:c1", WARM)
    ]
