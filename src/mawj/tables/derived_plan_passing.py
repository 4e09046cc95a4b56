"""What planning knows of messages passed on: who passes on whose, cascades, two-step reach."""

from __future__ import annotations

from mawj.tables.column import Column, Table


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


def _share(name: str, meaning: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, "probability", null_means, least=0, most=1)


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means, least=0)


PASSING_COUNTS = Table(
    "passing_counts", "one account that passed on messages of another", ("account_id", "passer_id"),
    (
        _id("account_id", "whose messages"), _id("passer_id", "who passed them on"),
        _n("n_passed", "distinct messages passed on", "posts"),
        _n("n_reposts", "reposts among the acts", "acts"), _n("n_quotes", "quotes", "acts"), _n("n_replies", "replies", "acts"),
        _number("delay_hours", "median time from the message to the act", "hours", "no message with a known time"),
        Column("is_follower", "boolean", "follows the account, as far as loaded"),
    ),
    kind="planned",
)  # fmt: skip

PASSING_SOURCES = Table(
    "passing_sources", "one account whose messages may be passed on", ("account_id",),
    (
        _id(), Column("peer_group", "string", "platform and size band", null_means="followers not known"),
        _n("n_posts", "its own posts that are loaded or were passed on", "posts"),
        _n("n_audience", "accounts that follow it or ever acted on it", "accounts"),
        _n("n_loaded", "loaded reposts and quotes of its posts", "acts"),
        _number("n_stated", "reposts and quotes of its posts by their public counts", "acts", "no post tells"),
    ),
    kind="planned",
)  # fmt: skip

PASSES = Table(
    "passes", "the chance that one account passes on a message of another", ("account_id", "passer_id"),
    (
        _id("account_id", "whose message"), _id("passer_id", "who passes it on; empty for each of the audience that never did"),
        _n("n_posts", "messages it could have passed on", "posts"), _n("n_passed", "those that it did", "posts"),
        _share("passing_share", "chance for the next message: mean of the posterior"),
        _share("passing_share_low", "lower end, 90 %"), _share("passing_share_high", "upper end, 90 %"),
        _number("worth", "messages that the estimate is worth, the peers' and its own together", "posts"),
        _number("delay_hours", "median time from the message to the act", "hours", "not known, or never passed on"),
        Column("is_follower", "boolean", "follows the account, as far as loaded", null_means="stands for many"),
        _n("n_accounts", "accounts for which the row stands", "accounts"),
        Column("prior", "string", "the peers whose rate it is shrunk to"), Column("rule_version", "string", "the rule"),
    ),
    kind="planned",
)  # fmt: skip

CASCADE_NODES = Table(
    "cascade_nodes", "one account that has a message in one cascade", ("root_id", "account_id"),
    (
        _id("root_id", "the message"), _id("account_id", "who has it"),
        Column("at", "timestamp", "when", "UTC", "not known"),
        Column("parent_id", "string", "from whom", null_means="the author"),
        Column("parent_by", "string", "how that is known: the source names the post, the follow graph, or nothing but the root",
               one_of=("author", "told", "graph", "root")),
        _n("n_candidates", "earlier adopters whom it follows; above 1 the parent is a guess", "accounts"),
        _n("depth", "steps from the author", "steps"),
    ),
    kind="planned",
)  # fmt: skip

TWO_STEP_REACH = Table(
    "two_step_reach", "how far messages of a set of accounts come in two steps", ("accounts", "n_posts"),
    (
        Column("accounts", "strings", "the set"), _n("n_posts", "messages of each", "posts"),
        _n("direct", "distinct loaded followers of the set", "accounts"),
        _number("second", "distinct further accounts behind those who pass on: median", "accounts"),
        _number("second_mean", "the same: mean; far above the median where few passers bring in many", "accounts"),
        _number("second_low", "lower end, 80 %", "accounts"), _number("second_high", "upper end, 80 %", "accounts"),
        _number("n_passers", "accounts expected to pass on at least one message", "accounts"),
        _number("second_stated", "followers of those who pass on, by their public counts and with repetition: mean", "accounts", "a count of followers is not known"),
        _share("passes_loaded_share", "loaded reposts and quotes of the set / those by public counts", "no post tells its reposts"),
        Column("with_silent", "boolean", "also counts followers who never passed on before"),
    ),
    kind="planned",
)  # fmt: skip

PLAN_PASSING = (PASSING_COUNTS, PASSING_SOURCES, PASSES, CASCADE_NODES, TWO_STEP_REACH)
