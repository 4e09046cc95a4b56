"""A group of peers with known rates, ratios and spreads, for tests of engagement."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.vet.jumping import told

N_PEERS = 40
NAMES = [f"p{n}" for n in range(N_PEERS)]
_PLACES = np.linspace(-2.0, 2.0, N_PEERS)


def subjects(*accounts: str) -> Any:
    """Who is vetted."""
    return told("vet_subjects", [{"account_id": name, "platform": "x"} for name in accounts])


def peers(*others: str) -> Any:
    """Everybody in one group."""
    names = [*NAMES, *others]
    return told("peers", [{"account_id": name, "peer_group": "x 1k-3.2k"} for name in names])


def usual(middle: float, spread: float) -> dict[str, float]:
    """A value of each peer, evenly around `middle` on a logarithmic scale."""
    return dict(zip(NAMES, (middle * np.exp(spread * _PLACES)).tolist(), strict=True))


def rates(variant: str, n_posts: int = 30, wide: float = 0.1, **values: float) -> Any:
    """Engagement rates of the peers, and of those named, with an interval round each."""
    rows = [
        {
            "account_id": name, "variant": variant, "n_posts": n_posts, "basis": "events",
            "engagement_share": value, "engagement_share_low": value * (1 - wide),
            "engagement_share_high": value * (1 + wide),
        }
        for name, value in {**usual(0.03, 0.4), **values}.items()
    ]  # fmt: skip
    return told("engagement", rows)


def spreads(**changed: dict[str, float]) -> Any:
    """Peers with ten to a hundred likes a comment and an ordinary spread, and those named."""
    ratios, wide = usual(30.0, 0.4), usual(0.6, 0.15)
    rows = {
        name: {
            "likes": 100.0 * ratios[name], "comments": 100.0, "spread": wide[name],
            "usual_engagements": 200.0, "n_posts": 30, "peer_group": "x 1k-3.2k",
        }
        for name in NAMES
    }  # fmt: skip
    for name, said in changed.items():
        rows[name] = rows["p20"] | said
    return told("post_spread", [row | {"account_id": name} for name, row in rows.items()])
