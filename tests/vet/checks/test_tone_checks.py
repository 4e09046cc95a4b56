"""What holds for each check of a tone of comments: doubting, generic, hostile, noise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from mawj.flow.vet_steps import part_of
from mawj.vet.checks.doubting_comments import DoubtingComments, doubting_comments
from mawj.vet.checks.generic_comments import GenericComments, generic_comments
from mawj.vet.checks.hostile_comments import HostileComments, hostile_comments
from mawj.vet.checks.noise_comments import NoiseComments, noise_comments
from tests.vet.checks.bond_laws import found
from tests.vet.commenting import SUBJECT, WARM, peers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Tone:
    """One check, its settings and their parameter, and a comment that it counts."""

    check: Callable[..., Any]
    parameter: str
    limits: Any
    bad: str

    @property
    def usual(self) -> Mapping[str, list[str]]:
        """Comments of peers, of which hardly any count."""
        return peers_of([WARM] * 29 + [self.bad])

    def row(self, said: Mapping[str, list[str]], **changed: Any) -> Any:
        """The row of the vetted account, with settings changed."""
        limits = replace(self.limits, **changed)
        return found(self.check, dict(said), **{self.parameter: limits})

    def points(self, n_bad: int, n: int = 100, **changed: Any) -> float | None:
        """Points where `n_bad` of `n` comments count."""
        said = {SUBJECT: [self.bad] * n_bad + [WARM] * (n - n_bad), **self.usual}
        row = self.row(said, **changed)
        return row and row["contribution"]


TONES = (
    Tone(doubting_comments, "doubting", DoubtingComments(), "waste of money and misleading"),
    Tone(generic_comments, "generic", GenericComments(), "🔥🔥"),
    Tone(hostile_comments, "hostile", HostileComments(), "shut up you liar"),
    Tone(noise_comments, "noise", NoiseComments(), "DM me to earn money"),
)


@pytest.fixture(params=TONES, ids=lambda tone: tone.check.__name__)
def tone(request: pytest.FixtureRequest) -> Tone:
    one: Tone = request.param
    return one


def test_what_is_usual_is_clear_and_more_of_it_never_raises_the_score(tone: Tone) -> None:
    made = [tone.points(n_bad) for n_bad in (0, 2, 60, 100)]
    assert made[:2] == [0.0, 0.0]
    assert made == sorted(made, reverse=True)
    assert made[-1] < 0
    assert min(made) >= -part_of(tone.check, "CHECK").weight


def test_a_small_sample_is_not_judged(tone: Tone) -> None:
    assert tone.points(30, n=30) is None


@pytest.mark.parametrize("has_peers", [False, True])
def test_the_row_says_what_was_seen_and_how_surely(tone: Tone, has_peers: bool) -> None:
    peers = tone.usual if has_peers else {}
    row = tone.row({SUBJECT: [tone.bad] * 80 + [WARM] * 20, **peers})
    assert (row["observed"], row["sample_size"]) == (0.8, 100)
    assert row["observed_low"] < 0.8 < row["observed_high"]
    assert row["compared_with"] == ("en (25)" if has_peers else "")


@pytest.mark.parametrize(("name", "value"), [("floor", 0.55), ("full", 0.9), ("points", 1.0)])
def test_every_setting_changes_something(tone: Tone, name: str, value: float) -> None:
    assert tone.points(60, **{name: value}) != tone.points(60)


def test_the_sample_that_is_needed_is_a_setting(tone: Tone) -> None:
    assert tone.points(60, least_comments=101) is None
