"""Past posts as arrays: one platform and one measure at a time, by account and time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from mawj.plan.asking.deliverables import deliverable_of
from mawj.tables.observed import POSTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

# The published stubs of pyarrow refuse columns beside plain values.
pc: Any = pyarrow.compute

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAY_S = 86_400.0
MONTH_DAYS = 30.0
MEASURED = {
    "views": "views",
    "reach": "reached",
    "engagements": "engagements",
    "clicks": "clicks",
}
"""Measures that platforms count, and the column of `post_counts` that holds each."""
KINDS = POSTS.by_name["kind"].one_of
HALF = 0.5
"""What a count of none is read as on the log scale: between none and one."""


@dataclass(frozen=True)
class History:
    """Posts of one platform with one measure known, by account and within it by time.

    Attributes:
        account: whose, as a number from 0 up.
        form: which deliverable it shows, as a number; -1 for a form that is not known.
        kind: which kind of post, as a number of `KINDS`; NaN for not known.
        day: when, in days since 1970.
        value: logarithm of the measure.
        followers: logarithm of the followers at the time; NaN for not known.
        paid: 1 for paid, 0 for not, NaN for not known.
        subject: a number for each subject; NaN for none given.
    """

    account: Ints
    form: Ints
    kind: Floats
    day: Floats
    value: Floats
    followers: Floats
    paid: Floats
    subject: Floats

    def __len__(self) -> int:
        """How many posts."""
        return int(self.value.size)

    def where(self, chosen: Any) -> History:
        """The posts for which `chosen` holds, or at those places."""
        return History(*(getattr(self, one.name)[chosen] for one in fields(self)))

    def traits(self) -> Floats:
        """The columns that `ForecastSettings.traits` compares."""
        return traits_of(self.form, self.kind, self.day, self.paid, self.subject)


def traits_of(
    form: Any, kind: Floats, day: Floats, paid: Floats, subject: Floats, hour: Any = None
) -> Floats:
    """Form, kind, age in months, paid, subject, weekday and hour of posts, float64[n, 7]."""
    whole = np.floor(day)
    hours = (day - whole) * 24.0 if hour is None else hour
    known_form = np.where(np.asarray(form) >= 0, form, np.nan)
    return np.column_stack(
        (known_form, kind, day / MONTH_DAYS, paid, subject, whole % 7.0, hours)
    )


def days_of(moments: Any) -> Floats:
    """Days since 1970 of a column of UTC moments; NaN for not known."""
    spans = pc.cast(pc.cast(moments, pa.timestamp("us", tz="UTC")), pa.int64())
    given = pc.cast(spans, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    made: Floats = np.asarray(given, float) / (DAY_S * 1e6)
    return made


def day_of(moment: datetime) -> float:
    """Days since 1970 of one moment."""
    return moment.timestamp() / DAY_S


def logs_of(counts: Any) -> Floats:
    """Logarithm of counts; none counts as half, and what cannot be a count is not known."""
    given = np.asarray(pc.cast(counts, pa.float64()).to_numpy(zero_copy_only=False), float)
    known = np.isfinite(given) & (given >= 0)
    made: Floats = np.full(given.size, np.nan)
    np.log(np.maximum(given, HALF), out=made, where=known)
    return made


def codes_of(column: Any, known: Mapping[str, int]) -> Ints:
    """The number of each word of a column; -1 for a word that is not listed."""
    plain = pc.cast(column, pa.string())
    words = pa.array(list(known), pa.string())
    found = pc.index_in(plain, value_set=words)
    return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), np.int64)


def history(
    posts: pa.Table, platform: str, measure: str, accounts: Sequence[str], forms: Sequence[str]
) -> History:
    """The posts of one platform that have the measure, as arrays.

    Reads:
        posts: account_id, platform, published_at, kind, is_paid, followers, the measures and,
            where there is one, subject.
    Nulls:
        A post without the measure, a time or a listed account is left out: it is not a zero.
    """
    mine = posts.filter(pc.equal(posts["platform"], platform)).combine_chunks()
    kinds = mine["kind"].to_pylist()
    by_form = {form: place for place, form in enumerate(forms)}
    by_kind = {
        kind: by_form.get(deliverable_of(platform, kind) or "", -1) for kind in set(kinds)
    }
    day, value = days_of(mine["published_at"]), logs_of(mine[MEASURED[measure]])
    followers = logs_of(mine["followers"])
    made = History(
        codes_of(mine["account_id"], {one: n for n, one in enumerate(accounts)}),
        np.fromiter((by_kind[kind] for kind in kinds), np.int64, len(kinds)),
        kind_codes(mine["kind"]),
        day, value, followers, _flags(mine["is_paid"]), _subjects(mine, subject_codes(posts)),
    )  # fmt: skip
    kept = made.where((made.account >= 0) & np.isfinite(value) & np.isfinite(day))
    # By value last: posts of one moment must not depend on the order of the rows.
    return kept.where(np.lexsort((kept.form, kept.value, kept.day, kept.account)))


def countries_of(names: Sequence[str], *tables: pa.Table) -> list[str | None]:
    """The country of each account by the tables that have such a column; None: not known."""
    known: dict[str, str] = {}
    for table in tables:
        if "country" in table.column_names:
            each = table.select(["account_id", "country"]).group_by(["account_id", "country"])
            for row in each.aggregate([]).to_pylist():
                if row["country"]:
                    known.setdefault(row["account_id"], row["country"])
    return [known.get(name) for name in names]


def _flags(column: Any) -> Floats:
    given = pc.cast(pc.cast(column, pa.int8()), pa.float64())
    return np.asarray(given.to_numpy(zero_copy_only=False), float)


def kind_codes(kinds: Any) -> Floats:
    """The number of each kind of post in `KINDS`; NaN for not known."""
    codes = codes_of(kinds, {kind: n for n, kind in enumerate(KINDS)})
    return np.where(codes >= 0, codes, np.nan)


def subject_codes(posts: pa.Table) -> dict[str, int]:
    """A number for each subject of the posts; empty where they name none."""
    if "subject" not in posts.column_names:
        return {}
    words = sorted(
        str(one) for one in pc.unique(posts["subject"]).to_pylist() if one is not None
    )
    return {word: n for n, word in enumerate(words)}


def _subjects(posts: pa.Table, known: Mapping[str, int]) -> Floats:
    if "subject" not in posts.column_names:
        return np.full(posts.num_rows, np.nan)
    codes = codes_of(posts["subject"], known)
    return np.where(codes >= 0, codes, np.nan)
