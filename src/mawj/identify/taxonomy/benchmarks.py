"""Published engagement figures: to stand beside the user's own, never used as truth."""

from __future__ import annotations

import tomllib
from importlib import resources

import pyarrow as pa

from mawj.tables.column import Column, Table

BENCHMARKS = Table(
    "engagement_benchmarks",
    "one published engagement figure",
    ("publisher", "title", "platform", "country", "tier", "followers_from", "kind"),
    (
        Column("publisher", "string", "who published it"),
        Column("title", "string", "page, report or article"),
        Column("published", "string", "its date, in the source's own precision"),
        Column("seen", "string", "when we read it"),
        Column("platform", "string", "the platform measured", null_means="not stated"),
        Column("country", "string", "ISO 3166 code or world", null_means="not stated"),
        Column("tier", "string", "the source's own word", null_means="followers given instead"),
        Column("followers_from", "int64", "lower line", "accounts", "no lower line stated"),
        Column("followers_below", "int64", "upper line", "accounts", "no upper line stated"),
        Column("kind", "string", "average or good", one_of=("average", "good")),
        Column("low", "float64", "lower end of the figure", "share", least=0, most=1),
        Column("high", "float64", "upper end", "share", "a good rate is open upwards"),
        Column("definition", "string", "how the rate is computed", null_means="not stated"),
        Column("note", "string", "what to know before it is used", null_means="nothing"),
    ),
    kind="reference",
)


def engagement_benchmarks() -> pa.Table:
    """Published engagement figures: one row a figure, in the order of the file.

    Returns:
        The columns of `BENCHMARKS`; `low` and `high` are shares of 1, equal for a single
        figure. What a source does not say is NULL, above all how its rate is computed.
    """
    file = resources.files(__package__).joinpath("engagement_benchmarks.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["benchmarks"]
    return pa.Table.from_pylist(rows, schema=BENCHMARKS.schema)
