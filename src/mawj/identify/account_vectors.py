"""Accounts as vectors of meaning, so that a sentence finds who writes of it in any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
from ibis import _

from mawj.tables.declared import TABLES
from mawj.text.embedding import embedder

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class MeaningSettings:
    """Which accounts get a vector, and of how much text.

    Attributes:
        most_accounts: accounts embedded, those of highest influence first; about 80 a second
            on two cores. Our judgement: a shortlist is made from the strongest few thousand.
        least_posts: own posts with text that an account needs. Our judgement.
        posts_each: posts put into one document. Our judgement: what E5's 512 tokens hold.
    """

    most_accounts: int = 3000
    least_posts: int = 3
    posts_each: int = 6


def account_documents(
    accounts: ir.Table, posts: ir.Table, influence: ir.Table, *, meaning: MeaningSettings
) -> ir.Table:
    """What the strongest accounts say, in short: one row per account and text.

    Reads:
        accounts: name, bio. posts: own posts with text. influence: the overall score, which
            chooses the accounts.

    Returns:
        account_id; place 0: name and bio, then `posts_each` posts spread evenly over its
        history (by digest of the post's id, so that the choice is the same on every engine).
    """
    own = posts.filter(_.text.notnull(), _.repost_of_post_id.isnull())
    place = ibis.row_number().over(
        group_by="account_id", order_by=[own.post_id.hexdigest("md5"), own.post_id]
    )
    counted = own.mutate(place=place, n_posts=_.count().over(group_by="account_id"))
    spoken = counted.filter(
        _.place < meaning.posts_each, _.n_posts >= meaning.least_posts
    ).select("account_id", "text", place=_.place + 1)
    strongest = (
        influence.filter(_.topic_id == "")
        .semi_join(spoken, "account_id")
        .order_by([ibis.desc("influence"), "account_id"])
        .limit(meaning.most_accounts)
        .select("account_id")
    )
    faces = accounts.select(
        "account_id",
        text=_.name.fill_null("") + "\n" + _.bio.fill_null(""),
        place=ibis.literal(0, "int64"),
    )
    every = spoken.union(faces)
    return every.semi_join(strongest, "account_id").select("account_id", "place", "text")


def account_vectors(account_documents: pa.Table) -> pa.Table:
    """Each document as a unit vector: one row per account.

    Raises:
        ImportError: without the semantic extra.
    """
    texts: dict[str, list[str]] = {}
    ordered = account_documents.sort_by([("account_id", "ascending"), ("place", "ascending")])
    for row in ordered.to_pylist():
        texts.setdefault(row["account_id"], []).append(row["text"])
    model = embedder()
    vectors = model.passages(["\n".join(parts) for parts in texts.values()])
    columns = {
        "account_id": pa.array(list(texts), pa.string()),
        "model": pa.array([model.name] * len(vectors), pa.string()),
        "vector": pa.array(list(vectors), pa.list_(pa.float32())),
    }
    return pa.table(columns).cast(TABLES["account_vectors"].schema)
