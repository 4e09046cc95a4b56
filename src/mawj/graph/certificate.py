"""What a count of sets proves about what was chosen and about the best possible.

Source: Tang, Tang, Xiao, Yuan, Online Processing Algorithms for Influence Maximization, SIGMOD
2018, equations 5 and 8. One pile of sets is chosen on and bounds the best possible from above;
a second, independent pile bounds what was chosen from below.

Sets that a node starts for certain add no noise (a sum of independent draws of different
chances is less spread out than one of equal chances: Hoeffding 1956, theorem 4), so only the
other sets are bounded.
"""

from typing import NamedTuple

import numpy as np


class Certificate(NamedTuple):
    """Bounds that hold together except with a stated chance.

    Attributes:
        low: the choice reaches at least so much.
        high: no choice within the same limits reaches more.
        guarantee: low / high, the share of the best possible that is certain.
        doubt: the chance that one of them does not hold.
        slack: how much of the guarantee the limited number of sets costs, 0..1.
    """

    low: float
    high: float
    guarantee: float
    doubt: float
    slack: float


def low_count(count: float, log_doubt: float) -> float:
    """What the expected count is at least, given the count, except with exp(-log_doubt)."""
    root = np.sqrt(count + 2 * log_doubt / 9) - np.sqrt(log_doubt / 2)
    return float(max(root * root - log_doubt / 18, 0.0)) if root > 0 else 0.0


def high_count(count: float, log_doubt: float) -> float:
    """What the expected count is at most, given the count, except with exp(-log_doubt)."""
    root = np.sqrt(count + log_doubt / 2) + np.sqrt(log_doubt / 2)
    return float(root * root)


class Side(NamedTuple):
    """One pile's part: sets held, how much of it is certain, and what a set stands for."""

    held: float
    certain: float
    scale: float


def certificate(chosen: Side, best: Side, total: float, log_doubt: float) -> Certificate:
    """The bounds from the sets held in the second pile and the bound of the first.

    Args:
        chosen: sets of the second pile that hold a chosen node.
        best: the most sets of the first pile that any choice holds.
        total: what all nodes weigh; nothing reaches more.
        log_doubt: -log of the chance that one of the two bounds fails.
    """
    low = chosen.certain + low_count(chosen.held - chosen.certain, log_doubt)
    high = best.certain + high_count(best.held - best.certain, log_doubt)
    low, high = low * chosen.scale, min(high * best.scale, total)
    plain = chosen.held * chosen.scale, min(best.held * best.scale, total)
    high = max(high, low)
    limit = min(plain[0] / plain[1], 1.0) if plain[1] > 0 else 1.0
    guarantee = low / high if high > 0 else 1.0
    slack = max(0.0, 1.0 - guarantee / limit) if limit > 0 else 0.0
    return Certificate(low, high, guarantee, float(2 * np.exp(-log_doubt)), slack)
