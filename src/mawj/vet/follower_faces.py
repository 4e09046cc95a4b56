"""What is publicly known of the sampled followers, and of all who follow on their platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import days_between, latest_known, ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

    from mawj.vet.follower_sample import FollowerSampling

COUNTS = ("followers", "following", "posts", "likes_given", "lists")
CONSONANTS = "bcdfghjklmnpqrstvwxz"
"""`y` is a vowel often enough. Only Latin handles have runs of consonants that say anything:
Arabic and Persian are written without most vowels."""


def follower_faces(
    follower_sample: ir.Table,
    follows: ir.Table,
    accounts: ir.Table,
    account_snapshots: ir.Table,
    cadence: ir.Table,
    acts: ir.Table,
    account_languages: ir.Table,
    *,
    follower_sampling: FollowerSampling,
    as_of: datetime,
    keep: Any,
) -> ir.Table:
    """The public face of one follower: one row per account, sampled or of the population.

    The population of a platform is a sample, by digest, of the accounts that follow somebody
    there: what is usual is read from it, without any label.

    Reads:
        follower_sample: follower_id. follows: who follows at all. accounts: handle, name, bio,
        dates and flags. account_snapshots: the latest known of each count. cadence: last post.
        acts: last act. account_languages: the language that it writes most.

    Returns:
        The declared columns; only followers that are themselves loaded as accounts.

    Nulls:
        What the source does not say stays NULL: an absent bio is not an empty one.
    """
    ids = keep(_ids(follower_sample, follows, accounts, follower_sampling.population))
    faces = ids.inner_join(accounts, "account_id")
    looks = account_snapshots.semi_join(ids, "account_id")
    counts = looks.group_by("account_id").agg(
        **{name: latest_known(looks[name], looks.taken_at) for name in COUNTS}
    )
    written = account_languages.group_by("account_id").agg(
        written_most=_.language.argmax(_.n_posts)
    )
    for more in (counts, _last_seen(ids, cadence, acts), written):
        faces = faces.left_join(more, "account_id").drop("account_id_right")
    moment = ibis.literal(as_of, type="timestamp('UTC')")
    told = faces.mutate(
        age_days=_at_least(days_between(faces.created_at, moment), 1.0),
        silent_days=_at_least(days_between(faces.seen_at, moment), 0.0),
        language=_.written_most.coalesce(_.language),
        **of_words(faces),
    )
    return shaped(told, "follower_faces")


def follower_population(follower_faces: ir.Table) -> ir.Table:
    """The faces that stand for a platform's followers: one row per account."""
    return shaped(follower_faces.filter(_.is_population), "follower_population")


def _ids(sample: ir.Table, follows: ir.Table, accounts: ir.Table, most: int) -> ir.Table:
    """account_id, is_sampled, is_population of everybody whose face is read."""
    following = accounts.select("account_id", "platform").semi_join(
        follows, accounts.account_id == follows.follower_id
    )
    by_digest = ibis.window(group_by="platform", order_by=["digest", "account_id"])
    population = (
        following.mutate(digest=_.account_id.hexdigest("md5"))
        .mutate(place=ibis.row_number().over(by_digest))
        .filter(_.place < most)
        .select("account_id", is_sampled=ibis.literal(False), is_population=ibis.literal(True))
    )
    sampled = sample.select(
        account_id="follower_id",
        is_sampled=ibis.literal(True),
        is_population=ibis.literal(False),
    ).distinct()
    return (
        sampled.union(population)
        .group_by("account_id")
        .agg(is_sampled=_.is_sampled.any(), is_population=_.is_population.any())
    )


def _last_seen(ids: ir.Table, cadence: ir.Table, acts: ir.Table) -> ir.Table:
    posted = cadence.select("account_id", seen_at="last_post_at")
    acted = acts.select(account_id="actor_id", seen_at="at")
    return (
        posted.union(acted)
        .semi_join(ids, "account_id")
        .group_by("account_id")
        .agg(seen_at=_.seen_at.max())
    )


def _at_least(value: Any, least: float) -> Any:
    """`value`, or `least` where it is less. Not `greatest`: that takes NULL for no argument."""
    return ibis.ifelse(value < least, least, value)


def of_words(face: ir.Table) -> dict[str, Any]:
    """What handle, name, bio, place and flags come to, as columns; NULL stays NULL.

    Args:
        face: rows with the columns of accounts.
    """
    letters = face.handle.re_replace(r"[^0-9\p{L}]", "")
    digits = letters.re_replace(r"[^0-9]", "").length()
    name = face.name.strip()
    plain = name.lower().re_replace(r"[^0-9\p{L}]", "")
    flags = ("is_private", "has_picture", "has_banner")
    return {
        "handle_digit_share": ratio(digits, letters.length()),
        "handle_consonant_run": _consonant_run(face.handle),
        "name_words": ibis.ifelse(
            name == "", 0, name.re_replace(r"\s+", " ").split(" ").length()
        ),
        "is_name_handle": plain == letters.lower(),
        "bio_length": face.bio.strip().length(),
        "has_link": face.bio.re_search(r"https?://|www\."),
        "has_place": face.place.strip() != "",
        **{flag: face[flag] for flag in flags},
    }


def _consonant_run(handle: Any) -> Any:
    """4 to 7: how many Latin consonants stand together at most, seen from 4 on."""
    runs = [(handle.re_search(f"[{CONSONANTS}]{{{n}}}"), float(n)) for n in (7, 6, 5)]
    return ibis.cases((handle.isnull(), ibis.null("float64")), *runs, else_=4.0)
