"""What was known of each responder at moments of a stream of acts: fading counts and clocks.

Memory: 8 bytes × moments × responders × `N_SIGNS`; 300 bytes a responder besides.
"""

import numpy as np
from numba import njit

from mawj.graph.arrays import Bools, Float64s, Int32s, Int64s

SIGNS = (
    "passes", "passes_lately", "acts_lately", "acts_now", "since_act", "since_pass", "hour",
)  # fmt: skip
N_SIGNS = len(SIGNS)
LATELY_S, NOW_S = 3.0 * 86_400.0, 3600.0
"""Times in which a count loses all but 1/e of its weight (our judgement)."""


@njit(cache=True)
def signs_at(time: Float64s, who: Int32s, is_pass: Bools, at: Int64s, n: int) -> Float64s:
    """The signs of each of `n` responders just before the acts at the places `at`.

    Args:
        time: seconds, rising.
        who: the responder of each act.
        is_pass: whether the act passes on a message of the source.
        at: places among the acts, rising.
        n: responders, numbered from 0.

    Returns:
        float64[at.size, n, 7], in the order of `SIGNS`: log counts of passes on, of those
        lately, of acts lately and in the last hour; log hours since the last act and the last
        pass (of the first act where there was none); log share of its acts at that hour.
    """
    out = np.zeros((at.size, n, 7))
    # By responder: passes, fading passes, fading acts of days and of an hour; last moments.
    counts, moments = np.zeros((n, 4)), np.full((n, 2), -1.0)
    hours, all_hours = np.zeros((n, 24)), np.ones(24)
    k = 0
    for i in range(time.size):
        hour = int(time[i] % 86_400.0 // 3600.0)
        if k < at.size and at[k] == i:
            usual = 6.0 * all_hours[hour] / all_hours.sum()
            for j in range(n):
                _told(out[k, j], counts[j], moments[j], time[i], time[0])
                out[k, j, 6] = np.log((hours[j, hour] + usual) / (hours[j].sum() + 6.0))
            k += 1
        _count(counts[who[i]], moments[who[i]], time[i], is_pass[i])
        hours[who[i], hour] += 1.0
        all_hours[hour] += 1.0
    return out


@njit(cache=True)
def _told(row: Float64s, counts: Float64s, moments: Float64s, now: float, begin: float) -> None:
    last = moments[0] if moments[0] >= 0 else begin
    passed = moments[1] if moments[1] >= 0 else begin
    gone = now - last
    row[0] = np.log(counts[0] + 0.5)
    row[1] = np.log(counts[1] * np.exp(-gone / LATELY_S) + 0.1)
    row[2] = np.log(counts[2] * np.exp(-gone / LATELY_S) + 0.5)
    row[3] = np.log(counts[3] * np.exp(-gone / NOW_S) + 0.02)
    # Three thousandths of an hour are eleven seconds: what is nearer is as good as at once.
    row[4] = np.log(gone / 3600.0 + 0.003)
    row[5] = np.log((now - passed) / 3600.0 + 0.003)


@njit(cache=True)
def _count(counts: Float64s, moments: Float64s, now: float, is_pass: bool) -> None:
    gone = now - moments[0] if moments[0] >= 0 else 0.0
    counts[0] += is_pass
    counts[1] = counts[1] * np.exp(-gone / LATELY_S) + is_pass
    counts[2] = counts[2] * np.exp(-gone / LATELY_S) + 1.0
    counts[3] = counts[3] * np.exp(-gone / NOW_S) + 1.0
    moments[0] = now
    if is_pass:
        moments[1] = now
