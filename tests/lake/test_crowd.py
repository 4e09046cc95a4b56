from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.lake.crowd import LEAST_TURNS, members
from tests.lake.kill_points import Notes

if TYPE_CHECKING:
    from pathlib import Path

    from mawj.lake.lake import Lake

WRITERS, READERS, SECONDS = 2, 3, 6


def test_two_writers_and_three_readers_at_once_lose_nothing_and_see_only_whole_versions(
    lake: Lake, tmp_path: Path
):
    roles = [f"writer{n}" for n in range(WRITERS)] + [f"reader{n}" for n in range(READERS)]
    crowd = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.lake.crowd", role, str(tmp_path), str(SECONDS)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for role in roles
    ]  # fmt: skip
    told = [process.communicate()[0] for process in crowd]

    assert [process.returncode for process in crowd] == [0] * len(roles), "\n".join(told)
    listed = members(lake, "listings", "account_id")
    followers = members(lake, "follows", "follower_id")
    assert len(listed) == len(set(listed))
    assert len(followers) == len(set(followers))
    for role in roles:
        said = Notes(tmp_path / f"notes-{role}").all()
        assert said[-1][0] in ("turns", "looks")
        assert said[-1][1] >= LEAST_TURNS
        for what, which in said[:-1]:
            assert set(which) <= set(listed if what == "listings" else followers)
