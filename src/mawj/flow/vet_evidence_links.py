"""Addresses of what is shown as evidence, so that a reader can look for himself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    from mawj.lake.lake import Lake


def linked(lake: Lake, run_id: str, evidence: pa.Table) -> pa.Table:
    """`evidence` with `url`: of the post, of the post commented on, or of the account.

    Nulls:
        A day has no address, nor has what was loaded without one.
    """
    if evidence.num_rows == 0:
        return evidence.append_column("url", pa.nulls(0, pa.string()))
    shown = ibis.memtable(evidence.select(["kind", "evidence_id"])).distinct()
    posts = lake.read("posts", run_id=run_id).select("post_id", "url")
    comments = lake.read("comments", run_id=run_id).select("comment_id", "post_id")
    accounts = lake.read("accounts", run_id=run_id).select("account_id", "url")
    # A reply that counts as a comment is a post of its own.
    own = _of(shown, ("post", "comment")).inner_join(posts, [("evidence_id", "post_id")])
    under = (
        _of(shown, ("comment",))
        .inner_join(comments, [("evidence_id", "comment_id")])
        .inner_join(posts, "post_id")
    )
    people = _of(shown, ("account",)).inner_join(accounts, [("evidence_id", "account_id")])
    found = [one.select("kind", "evidence_id", "url") for one in (own, under, people)]
    known = ibis.union(*found).filter(lambda t: t.url.notnull()).to_pyarrow()
    urls = {(row["kind"], row["evidence_id"]): row["url"] for row in known.to_pylist()}
    kinds, ids = evidence["kind"].to_pylist(), evidence["evidence_id"].to_pylist()
    made = [urls.get(key) for key in zip(kinds, ids, strict=True)]
    return evidence.append_column("url", pa.array(made, pa.string()))


def _of(shown: Any, kinds: tuple[str, ...]) -> Any:
    return shown.filter(shown.kind.isin(kinds))
