from __future__ import annotations

import os
import random
import subprocess
import sys

# Two chains of processes at a time, one a processor.
CHAINS = 2
POINTS = (int(os.environ.get("MAWJ_KILL_POINTS") or 52) + CHAINS - 1) // CHAINS


def test_a_process_killed_anywhere_loses_nothing_and_its_restart_comes_to_the_same_end():
    """Replay with MAWJ_KILL_SEED; thousands with `make test KILL_POINTS=5000`."""
    seed = int(os.environ.get("MAWJ_KILL_SEED") or random.SystemRandom().randrange(10**6))
    chains = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.lake.kill_points", "--points", str(POINTS), "--seed",
             str(seed + number)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for number in range(CHAINS)
    ]  # fmt: skip
    for number, chain in enumerate(chains):
        told, _ = chain.communicate()
        sys.stdout.write(told)
        assert chain.returncode == 0, f"MAWJ_KILL_SEED={seed + number}: {told}"
        assert f"killed {POINTS} processes" in told
