"""How far the public face and the acts of an account leave in doubt that a person speaks.

The signs are weak, and meant to be: they say how little an account's attention counts for
others, never that it is false. A bare face is common among genuine Arabic and Persian users,
who often show neither their own picture nor their name, so it weighs little; so do digits in a
handle, the usual fate of a common name. No sign is read from language, country or content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class DoubtSigns:
    """What each sign takes from an account's voice, and where it begins.

    Attributes:
        follows_many: share taken when it follows very many more than follow it. The rule is
            among the oldest (following 50 for each follower: Socialbakers' criteria, as given
            by Cresci et al. 2015, Decision Support Systems 80, table 3); the weight is our
            judgement: people who mostly read do it too.
        follows_many_from: following / followers at which the sign begins; our judgement.
        follows_many_full: following / followers at which it has its full weight; 50 as above.
        follows_many_least: accounts followed below which it is not raised: new accounts follow
            first. 100, as in Socialbakers' criteria.
        bare_face: share taken for no picture, no bio and no name of its own together (the
            signs of Camisani-Calzolari and Stateofsearch in the same paper). Small, since
            many genuine people of our languages keep their face to themselves; our judgement.
        digit_handle: share taken for a handle of mostly digits; small, our judgement.
        digit_handle_from: digits / letters and digits of the handle from which it is raised;
            our judgement: a birth year in a short name stays below.
        no_posts: share taken when it has never posted ("has never tweeted", Socialbakers'
            criteria). Readers exist; our judgement.
        one_target: share taken when nearly all its acts go to one account, as those of bought
            engagement do. A fan does it too, and so does everybody where one account's
            audience alone was loaded, so it weighs little; our judgement.
        one_target_from: share of acts at which it is raised; our judgement.
        one_target_least: acts below which it is not assessed; our judgement.
    """

    follows_many: float = 0.3
    follows_many_from: float = 10.0
    follows_many_full: float = 50.0
    follows_many_least: int = 100
    bare_face: float = 0.1
    digit_handle: float = 0.1
    digit_handle_from: float = 0.45
    no_posts: float = 0.15
    one_target: float = 0.15
    one_target_from: float = 0.9
    one_target_least: int = 20


def doubt(
    accounts: ir.Table, standing: ir.Table, acts: ir.Table, *, signs: DoubtSigns
) -> ir.Table:
    """Structural signs that an account is not a person's own voice: one row per account.

    Reads:
        accounts: handle, name, bio, has_picture.
        standing: followers, following, posts.
        acts: whom it turns to.

    Returns:
        The declared columns. `doubt` is 1 - product of (1 - sign) over the signs that could be
        assessed: independent signs, each of which leaves that much of the voice.

    Nulls:
        A sign that cannot be assessed is left out, not taken for absent; with none assessed
        `doubt` is NULL. A face is bare only if picture, bio and name are all known to be
        missing.

    Source:
        Signs: Cresci, Di Pietro, Petrocchi, Spognardi & Tesconi 2015, "Fame for sale", Decision
        Support Systems 80, 56-71. Weights: `DoubtSigns`.
    """
    counts = standing.select("account_id", "followers", "following", "posts")
    targets = _one_target(acts, signs)
    joined = (
        accounts.select("account_id", "handle", "name", "bio", "has_picture")
        .left_join(counts, "account_id")
        .drop("account_id_right")
        .left_join(targets, "account_id")
        .drop("account_id_right")
    )
    told = joined.mutate(
        # One follower stands in for none, so that a ratio can be told.
        follows_per_follower=joined.following
        / ibis.ifelse(joined.followers < 1, 1.0, joined.followers),
        has_bare_face=_bare_face(joined),
        handle_digit_share=_digit_share(joined.handle),
        has_no_posts=joined.posts == 0,
    )
    taken = _taken(told, signs)
    voice = ibis.literal(1.0)
    for sign in taken:
        voice = voice * (1.0 - sign.fill_null(0.0))
    assessed = sum(sign.notnull().cast("int64") for sign in taken)
    rated = told.mutate(voice=voice, n_assessed=assessed)
    return shaped(
        rated.mutate(doubt=ibis.ifelse(_.n_assessed > 0, 1.0 - _.voice, ibis.null("float64"))),
        "doubt",
    )


def _one_target(acts: ir.Table, signs: DoubtSigns) -> ir.Table:
    """The share of an account's acts that go to the one it turns to most, from enough acts."""
    pairs = acts.group_by("actor_id", "target_id").agg(n=_.count())
    per_actor = pairs.group_by("actor_id").agg(most=_.n.max(), n=_.n.sum())
    enough = per_actor.filter(per_actor.n >= signs.one_target_least)
    return enough.select(account_id="actor_id", one_target_share=ratio(enough.most, enough.n))


def _bare_face(face: ir.Table) -> Any:
    """Three-valued: false as soon as one part is known to be there."""
    no_name = (face.name.strip() == "") | (face.name.strip().lower() == face.handle)
    return ~face.has_picture & (face.bio.strip() == "") & no_name


def _digit_share(handle: Any) -> Any:
    letters = handle.re_replace(r"[^0-9\p{L}]", "")
    return ratio(letters.re_replace(r"[^0-9]", "").length(), letters.length())


def _taken(told: ir.Table, signs: DoubtSigns) -> list[Any]:
    """What each sign takes: 0 when clear, NULL when it could not be assessed."""
    return [
        _follows_many(told, signs),
        told.has_bare_face.cast("float64") * signs.bare_face,
        (told.handle_digit_share >= signs.digit_handle_from).cast("float64")
        * signs.digit_handle,
        told.has_no_posts.cast("float64") * signs.no_posts,
        (told.one_target_share >= signs.one_target_from).cast("float64") * signs.one_target,
    ]


def _follows_many(told: ir.Table, signs: DoubtSigns) -> Any:
    """Grows with the logarithm of the ratio between the two settings."""
    start, full = signs.follows_many_from, signs.follows_many_full
    above = ibis.greatest(told.follows_per_follower, start) / start
    raised = ibis.least(above.ln() / ibis.literal(full / start).ln(), 1.0) * signs.follows_many
    clear = told.following < signs.follows_many_least
    return ibis.cases(
        (told.follows_per_follower.isnull(), ibis.null("float64")),
        (clear, ibis.literal(0.0)),
        else_=raised,
    )
