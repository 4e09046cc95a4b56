"""What the checks of comments share: a share held against that of peers, and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir


def of_kind(comment_tones: ir.Table, kind: str, least: int) -> ir.Table:
    """The rows of one kind of comment, of accounts with at least so many comments read.

    Returns:
        comment_tones, with `compared_with` in words: language and number of accounts.
    """
    rows = comment_tones.filter(_.tone == kind, _.n_read >= least)
    group = rows.peer_group + " (" + rows.n_peers.cast("string") + ")"
    return rows.mutate(compared_with=(rows.n_peers > 0).ifelse(group, ""))


def sampled(rows: ir.Table, *, line: Any, severity: Any, points: float) -> ir.Table:
    """What a check of a share gives: the share with its interval, the line and the points.

    Args:
        rows: of `of_kind`.
        line: the share that is not exceeded, or not fallen below.
        severity: 0 at the line, 1 where all points are taken; cut at both ends here.
        points: the most that is taken.
    """
    return rows.select(
        "account_id", "compared_with",
        observed=_.share, observed_low=_.share_low, observed_high=_.share_high,
        expected=line, sample_size=_.n_read,
        from_date=_.from_at.cast("date"), to_date=_.to_at.cast("date"),
        contribution=-1.0 * (severity.clip(0.0, 1.0) * points),
    )  # fmt: skip


def above_peers(rows: ir.Table, *, floor: float, full: float, points: float) -> ir.Table:
    """A share above what nearly all peers get, by more than the sample leaves open.

    The line is the share that one in twenty peers exceeds, and never below `floor`; the points
    grow from the line to `full` above it, and the lower end of the interval is what counts.
    """
    line = rows.peers_high.coalesce(0.0)
    line = (line > floor).ifelse(line, floor)
    return sampled(rows, line=line, severity=(rows.share_low - line) / full, points=points)


def examples(
    comment_readings: ir.Table, comment_sample: ir.Table, kinds: Sequence[str]
) -> ir.Table:
    """Comments of these tones under the posts of vetted accounts, the longest first."""
    told = comment_readings.filter(
        comment_readings.tone.isin(list(kinds)), comment_readings.is_subject
    )
    return quoted(told, comment_sample)


def quoted(told: ir.Table, comment_sample: ir.Table) -> ir.Table:
    """Evidence rows of some readings, with the words of each; longer ones say more."""
    texts = comment_sample.select("comment_id", quote=_.text.substr(0, 400))
    return told.inner_join(texts, "comment_id").select(
        "account_id",
        kind=ibis.literal("comment"),
        evidence_id=told.comment_id,
        amount=told.n_words.cast("float64"),
        at=told.published_at,
        quote=_.quote,
    )
