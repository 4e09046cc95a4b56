"""A long list is vetted batch by batch, and nobody can tell from what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.flow.settings import settings_in_force
from mawj.flow.vet_shelf import CUT, once_and_each
from mawj.flow.vet_steps import VET_STEPS
from mawj.flow.vetting import VetAsked, accounts_with_posts, vet

if TYPE_CHECKING:
    import pytest

    from mawj.flow.opened import OpenLake


def said(row: dict[str, Any]) -> str:
    """A row as text, without the last bits that sums in another order leave."""
    return str([f"{v:.9g}" if isinstance(v, float) else v for v in row.values()])


def apart(vet_posts: Any) -> None: ...
def vet_posts(vet_subjects: Any, posts: Any) -> None: ...
def tides(account_snapshots: Any) -> None: ...
def of_tides(tides: Any) -> None: ...
def of_both(apart: Any, tides: Any) -> None: ...


def test_what_reads_no_vetted_account_is_made_once() -> None:
    once, each = once_and_each((vet_posts, apart, tides, of_tides, of_both))
    assert once == [vet_posts, tides, of_tides]
    assert each == [apart, of_both]


def test_every_step_is_made_once_or_each_time() -> None:
    once, each = once_and_each(VET_STEPS)
    assert {*once, *each} == {*VET_STEPS}
    assert not {*once} & {*each}
    assert {*CUT} <= {step.__name__ for step in once}


def test_batches_find_what_one_vetting_of_all_finds(
    opened: OpenLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = VetAsked(accounts_with_posts(opened.lake, 7), settings_in_force())
    whole = vet(opened.lake, asked)
    monkeypatch.setattr("mawj.flow.vetting.BATCH", 3)
    places: list[tuple[int, int]] = []
    parts = vet(opened.lake, asked, done=lambda s: places.append((s.place, s.n_steps)))
    for name in ("findings", "evidence", "scores"):
        mine, theirs = (
            sorted(map(said, getattr(one, name).to_pylist())) for one in (parts, whole)
        )
        assert mine == theirs, name
    assert parts.accounts == whole.accounts
    assert places[-1][0] == places[-1][1] == len(places)
