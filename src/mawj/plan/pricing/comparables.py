"""Who is like an account, and what they cost: by size, views, answer, country and subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from mawj.tables.derived_plan_price import COMPARABLES
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

pc: Any = pyarrow.compute

MOST_CANDIDATES = 100_000


@dataclass(frozen=True)
class Nearness:
    """What makes two accounts alike.

    Attributes:
        n_nearest: comparables listed; our judgement.
        size: distance of a tenfold number of followers; the unit of the others.
        views: distance of tenfold expected views; our judgement, as much as size.
        answer: distance of a tenfold rate of engagement; our judgement.
        market: distance of another country; our judgement, half of a tenfold size.
        subject: distance of another top subject; our judgement.
        known_fee: how much nearer a fee that is known is taken to be; our judgement, since a
            fee that somebody paid tells more than another estimate.
    """

    n_nearest: int = 5
    size: float = 1.0
    views: float = 1.0
    answer: float = 0.5
    market: float = 0.5
    subject: float = 0.3
    known_fee: float = 0.3

    def __post_init__(self) -> None:
        """Refuse distances below nothing."""
        if self.n_nearest < 1 or min(self.size, self.views, self.answer, self.market,
                                     self.subject, self.known_fee) < 0:  # fmt: skip
            raise ValueError("n_nearest >= 1 and no distance below 0")


def comparables(offers: pa.Table, candidates: pa.Table, *, nearness: Nearness) -> pa.Table:
    """One other account that is like one account, with what it costs.

    Reads:
        offers: account_id, deliverable, followers, views, engagement_share, country, subject.
        candidates: the same, and price_minor, price_low_minor, price_high_minor, currency and
            basis of the same deliverable; those without a price are passed over.

    Returns:
        The declared columns, the nearest first. Distances add up: decimal logarithms of the
        counts' ratios, and fixed steps for another country and subject. A count that is not
        known on one side is left out on both and makes the two look nearer, not farther.

    Raises:
        ActionRefused: for more than `MOST_CANDIDATES` candidates, or candidates priced in
            several currencies.
    """
    if candidates.num_rows > MOST_CANDIDATES:
        raise ActionRefused(f"{candidates.num_rows} candidates: at most {MOST_CANDIDATES}")
    priced = candidates.filter(pc.is_valid(candidates["price_minor"]))
    if len(pc.unique(priced["currency"])) > 1:
        raise ActionRefused("candidates are priced in several currencies; price them in one")
    counts = {name: _logs(priced[name]) for name in ("followers", "views", "engagement_share")}
    named = {name: _texts(priced[name]) for name in ("country", "subject")}
    whose, what = _texts(priced["account_id"]), _texts(priced["deliverable"])
    is_known = np.isin(_texts(priced["basis"]), ["quote", "past"])
    rows: list[dict[str, Any]] = []
    for offer in offers.to_pylist():
        able = np.flatnonzero((what == offer["deliverable"]) & (whose != offer["account_id"]))
        far = _distance(offer, counts, named, nearness)[able]
        far = far - nearness.known_fee * is_known[able]
        order = np.lexsort((whose[able].astype(str), far))[: nearness.n_nearest]
        rows += [
            _row(offer, place, float(far[near]), priced.slice(int(able[near]), 1))
            for place, near in enumerate(order, start=1)
        ]
    return pa.Table.from_pylist(rows, COMPARABLES.schema)


def _distance(
    offer: dict[str, Any], counts: dict[str, Floats], named: dict[str, Any], nearness: Nearness
) -> Floats:
    weights = {"followers": nearness.size, "views": nearness.views,
               "engagement_share": nearness.answer}  # fmt: skip
    far = np.zeros(len(named["country"]))
    for name, logs in counts.items():
        own = _logs(pa.chunked_array([pa.array([offer[name]], pa.float64())]))[0]
        apart = weights[name] * np.abs(logs - own)
        far += np.where(np.isfinite(apart), apart, 0.0)
    top = str(offer["subject"] or "").partition(".")[0]
    tops = np.array([text.partition(".")[0] for text in named["subject"]], dtype=object)
    far += nearness.market * (named["country"] != (offer["country"] or ""))
    far += nearness.subject * (tops != top)
    return far


def _row(offer: dict[str, Any], place: int, far: float, other: pa.Table) -> dict[str, Any]:
    told = other.to_pylist()[0]
    same = ("price_minor", "price_low_minor", "price_high_minor", "currency", "basis",
            "followers", "views", "country")  # fmt: skip
    return {
        "account_id": offer["account_id"], "deliverable": offer["deliverable"],
        "place": place, "other_id": told["account_id"], "distance": far,
        **{name: told[name] for name in same},
    }  # fmt: skip


def _logs(column: Any) -> Floats:
    found = np.asarray(column.to_numpy(), dtype=np.float64)
    return np.log10(np.where(found > 0, found, np.nan))


def _texts(column: Any) -> NDArray[Any]:
    return np.array([text or "" for text in column.to_pylist()], dtype=object)
