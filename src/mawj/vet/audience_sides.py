"""Which side the audience of a political account took in its own posts, before it came."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from mawj.tables.declared import TABLES
from mawj.tables.shaped import shaped
from mawj.vet.politics.reading import LONGEST, read_politics
from mawj.vet.politics.turned import ISSUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import ibis.expr.types as ir

POSTS_EACH = 20
"""Earlier posts of each person that are read. Our judgement."""


def audience_posts(
    audience_actors: ir.Table, political_signs: ir.Table, posts: ir.Table
) -> ir.Table:
    """One post or repost of somebody of the audience, from before the first act on the account.

    Reads:
        audience_actors: whom. political_signs: only accounts that take political sides are
        looked at. posts: text; of a repost the text of what was passed on, where it has none.

    Returns:
        At most twenty posts of each person, by the digest of their ids.
    """
    sided = political_signs.filter(_.is_political, _.stance.notnull()).select("account_id")
    people = audience_actors.semi_join(sided.distinct(), "account_id").select(
        "account_id", "first_at", author_id=_.actor_id
    )
    passed_on = posts.select(repost_of_post_id=_.post_id, original=_.text)
    written = posts.filter(_.published_at.notnull()).semi_join(
        people, posts.account_id == people.author_id
    )
    written = written.left_join(passed_on, "repost_of_post_id").select(
        "post_id", "published_at", author_id=_.account_id, text=_.text.coalesce(_.original)
    )
    earlier = written.filter(_.text.notnull()).inner_join(people, "author_id")
    earlier = earlier.filter(earlier.published_at < earlier.first_at)
    digest = earlier.post_id.hexdigest("md5")
    order = ibis.window(
        group_by=["account_id", "author_id"], order_by=[digest, earlier.post_id]
    )
    few = earlier.mutate(place=ibis.row_number().over(order)).filter(_.place < POSTS_EACH)
    told = few.mutate(actor_id=_.author_id, text=_.text.substr(0, LONGEST))
    return shaped(told, "audience_posts")


def audience_sides(audience_posts: pa.Table, political_signs: pa.Table) -> pa.Table:
    """How often somebody of the audience had taken the account's side, or the other.

    Reads:
        audience_posts: what they wrote or passed on before. political_signs: the sides of the
        account: on an issue (war, sanctions, protest, government, public health), or on a
        handle or tag named beside any political subject.

    Returns:
        A row for each person who took a side on something that the account takes a side on.
        Only what public posts say counts; nothing is guessed of those who said nothing.
    """
    sides = _sides(political_signs.to_pylist())
    counts: dict[tuple[str, str], Counter[bool]] = {}
    rows = audience_posts.to_pylist()
    for row, said in zip(rows, read_politics([r["text"] for r in rows]), strict=True):
        theirs = sides.get(row["account_id"], {})
        for one in said:
            if not one.is_political or one.stance is None:
                continue
            agreed = {
                theirs[thing] == one.stance
                for thing in _things(one.subject, one.near_terms)
                if thing in theirs
            }
            if len(agreed) == 1:
                key = (row["account_id"], row["actor_id"])
                counts.setdefault(key, Counter())[agreed.pop()] += 1
    made: list[dict[str, Any]] = [
        {"account_id": account, "actor_id": actor, "n_agree": n[True], "n_disagree": n[False]}
        for (account, actor), n in sorted(counts.items())
    ]
    return pa.Table.from_pylist(made, schema=TABLES["audience_sides"].schema)


def _sides(signs: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """The side that each account takes in most posts on each thing; none where it is even."""
    taken: dict[tuple[str, str], Counter[str]] = {}
    for row in signs:
        if row["is_political"] and row["stance"]:
            for thing in _things(row["subject"], row["near_terms"]):
                taken.setdefault((row["account_id"], thing), Counter())[row["stance"]] += 1
    made: dict[str, dict[str, str]] = {}
    for (account, thing), n in taken.items():
        if n["for"] != n["against"]:
            side = "for" if n["for"] > n["against"] else "against"
            made.setdefault(account, {})[thing] = side
    return made


def _things(subject: str, near: Iterable[str]) -> Iterator[str]:
    if subject in ISSUES:
        yield subject
    yield from (term for term in near if term[0] in "@#")
