"""What planning knows of audiences: their members, how much of them is loaded, what they share."""

from __future__ import annotations

from mawj.tables.column import Column, Table

AUDIENCE_KINDS = ("follows", "engages", "comments")
"""Who counts as audience: followers; those who like, pass on, quote, answer or mention; commenters."""


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _kind() -> Column:
    return Column("kind", "string", "who counts as audience", one_of=AUDIENCE_KINDS)


def _n(name: str, meaning: str) -> Column:
    return Column(name, "int64", meaning, "accounts", least=0)


def _about(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, "accounts", null_means, least=0)


def _share(name: str, meaning: str, null_means: str | None) -> Column:
    return Column(name, "float64", meaning, "share", null_means, least=0, most=1)


NO_MEMBER = "no member is loaded"
NO_COUNT = "the count of followers is not known, or not of followers"

AUDIENCE_MEMBERS = Table(
    "audience_members", "one member of one kind of audience of one account", ("account_id", "kind", "member_id"),
    (_id(), _kind(), _id("member_id", "who belongs to it")),
    kind="planned",
)  # fmt: skip

AUDIENCE_SIZES = Table(
    "audience_sizes", "how much of one kind of audience of one account is loaded", ("account_id", "kind"),
    (
        _id(), _kind(), _n("n_loaded", "distinct members loaded"),
        _about("n_stated", "followers by the latest count, never fewer than are loaded", NO_COUNT),
        _share("loaded_share", "n_loaded / n_stated", NO_COUNT),
    ),
    kind="planned",
)  # fmt: skip

OVERLAP = Table(
    "overlap", "two accounts and one kind of their audiences", ("account_id_l", "account_id_r", "kind"),
    (
        _id("account_id_l", "the left account; its id is the smaller"), _id("account_id_r", "the right account"), _kind(),
        _n("n_l", "loaded audience of the left"), _n("n_r", "loaded audience of the right"),
        _about("n_shared", "loaded members of both", NO_MEMBER),
        _about("n_shared_low", "lower end; equal where exact", NO_MEMBER), _about("n_shared_high", "upper end; equal where exact", NO_MEMBER),
        _share("shared_share_l", "n_shared / n_l", NO_MEMBER), _share("shared_share_r", "n_shared / n_r", NO_MEMBER),
        _share("jaccard", "n_shared / members of either", NO_MEMBER),
        Column("lift", "float64", "n_shared / what two random audiences of these sizes would share", "times", NO_MEMBER, least=0),
        _about("n_shared_all_low", "shared by the whole audiences, were the same members loaded of both", NO_COUNT),
        _about("n_shared_all_high", "shared by the whole audiences, were each follow loaded by chance", NO_COUNT),
        Column("basis", "string", "counted, or estimated from samples of both", one_of=("exact", "sketch")),
    ),
    kind="planned",
)  # fmt: skip

UNIQUE_REACH = Table(
    "unique_reach", "what one account brings to a set of accounts, in one kind of audience; the empty account is the set", ("account_id", "kind"),
    (
        _id("account_id", "the account; empty for all together"), _kind(),
        _n("n_loaded", "its loaded audience; for all together the sum"),
        _about("n_unique", "distinct members; for an account those whom no other of the set has", NO_MEMBER),
        _about("n_unique_low", "lower end", NO_MEMBER), _about("n_unique_high", "upper end", NO_MEMBER),
        _share("unique_share", "n_unique / n_loaded", NO_MEMBER),
        _share("loaded_share", "loaded followers / followers by the latest count; for all together of the sums", NO_COUNT),
        Column("basis", "string", "counted, or estimated from samples", one_of=("exact", "sketch")),
    ),
    kind="planned",
)  # fmt: skip

PLAN_OVERLAP = (AUDIENCE_MEMBERS, AUDIENCE_SIZES, OVERLAP, UNIQUE_REACH)
