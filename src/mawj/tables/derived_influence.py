"""What a run concludes: authority, communities, influence with its reasons, indices, tiers."""

from __future__ import annotations

from mawj.tables.column import Column, Table
from mawj.tables.findings import findings_table


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _topic() -> Column:
    return Column("topic_id", "string", "the topic; empty for the whole account")


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


def _score(
    name: str, meaning: str, most: float, null_means: str | None = None, least: float = 0
) -> Column:
    return Column(name, "float64", meaning, "points", null_means, least=least, most=most)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


NO_EVENTS = "nothing could be resampled"

PEOPLE = Table(
    "people", "one account and the person it belongs to", ("account_id",),
    (
        _id(), Column("person_id", "string", "the smallest account id of the person"),
        _n("n_accounts", "accounts of the person", "accounts"),
        Column("linked_by", "string", "why: link both ways, same link and name, or alone",
               one_of=("alone", "link_both_ways", "link_and_name")),
    ),
)  # fmt: skip

AUTHORITY = Table(
    "authority", "PageRank of one account in the attention graph, as a multiple of the mean", ("account_id", "topic_id"),
    (
        _id(), _topic(), _number("authority", "PageRank × number of accounts of the graph; 1 is the mean", "times the mean"),
        _n("n_sources", "accounts whose attention reaches it directly", "accounts"),
    ),
)  # fmt: skip

ACCOUNT_COMMUNITIES = Table(
    "account_communities", "one account in the community it belongs to", ("account_id",),
    (
        _id(), Column("community_id", "int64", "the community; 0 is the largest", "id", least=0),
        _number("participation", "spread of its ties over communities (Guimerà & Amaral 2005); 0 inside one", "share", "no ties"),
        _number("betweenness_est", "share of shortest paths through it, from sampled pivots (Brandes & Pich 2007)", "share"),
    ),
)  # fmt: skip

COMMUNITIES = Table(
    "communities", "one community of the attention graph", ("community_id",),
    (
        Column("community_id", "int64", "0 is the largest", "id", least=0), _n("n_accounts", "its members", "accounts"),
        Column("topic_id", "string", "the topic that stands out most in it", null_means="no topic known"),
        Column("language", "string", "the language written most in it", null_means="no language known"),
        _number("inside_share", "share of its attention that stays inside", "share"),
    ),
)  # fmt: skip

POST_RESPONSE = Table(
    "post_response", "how the own posts of one account are answered, all of them or those on one topic", ("account_id", "topic_id"),
    (
        _id(), _topic(),
        _number("engagements", "typical engagements of a post: geometric mean of 1 + engagements, less 1", "engagements per post", "no post with known likes"),
        _number("engagements_spread", "standard deviation over posts of log10(1 + engagements)", "tenfolds", "fewer than 2 such posts"),
        _n("n_engagements", "posts with known likes", "posts"),
        _number("reposts", "typical reposts and quotes of a post: geometric mean of 1 + reposts, less 1", "reposts per post", "no post with known reposts"),
        _number("reposts_spread", "standard deviation over posts of log10(1 + reposts)", "tenfolds", "fewer than 2 such posts"),
        _n("n_reposts", "posts with known reposts", "posts"),
        Column("from_date", "date", "first post", null_means="no dated post"),
        Column("to_date", "date", "last post", null_means="no dated post"),
    ),
)  # fmt: skip

INFLUENCE_FINDINGS = findings_table(
    "influence_findings", "one contribution to one account's influence, overall or on one topic"
)
INFLUENCE_EVIDENCE = Table(
    "influence_evidence", "one post or account that shows one contribution", ("account_id", "topic_id", "finding", "place"),
    (
        _id(), _topic(), Column("finding", "string", "the contribution"), _n("place", "1 is the strongest", "place"),
        Column("kind", "string", "what the evidence is", one_of=("post", "account")),
        Column("evidence_id", "string", "post_id or account_id"), _number("amount", "what it shows, in the finding's unit", "unit of the finding"),
    ),
)  # fmt: skip

INFLUENCE = Table(
    "influence", "the influence of one account, overall or on one topic", ("account_id", "topic_id"),
    (
        _id(), _topic(),
        _score("influence", "base + sum of contributions; higher is more", 100),
        _score("influence_low", "lower end, 90 %, by resampling", 100, NO_EVENTS),
        _score("influence_high", "upper end, 90 %, by resampling", 100, NO_EVENTS),
        Column("coverage", "float64", "weight of the contributions that could be assessed / all", "share", least=0, most=1),
        Column("is_ranked", "boolean", "coverage is at least what the settings ask"),
        Column("rank", "int64", "among ranked accounts, 1 is the first", "place", "not ranked"),
        *(_number(f"p_top_{k}", f"probability of being among the first {k}", "probability", "not ranked, or nothing could be resampled") for k in (10, 50, 100)),
        Column("rule_version", "string", "the rule"),
    ),
)  # fmt: skip

KIND_FINDINGS = findings_table(
    "kind_findings", "one reason why an account is a specialist or a celebrity"
)
KINDS = Table(
    "kinds", "specialist or celebrity, with how far each is supported", ("account_id",),
    (
        _id(), Column("kind", "string", "the answer", one_of=("specialist", "celebrity", "both", "neither", "not_assessed")),
        _score("specialist", "base + contributions", 100), _score("celebrity", "base + contributions", 100),
        Column("coverage", "float64", "weight of the reasons that could be assessed", "share", least=0, most=1),
        Column("topic_id", "string", "the subject of the specialist", null_means="not a specialist"),
    ),
)  # fmt: skip

TIERS = Table(
    "tiers", "the size tier of one account under one published scheme", ("account_id", "scheme"),
    (
        _id(), Column("scheme", "string", "whose lines; see docs/methods.md"),
        Column("tier", "string", "the tier", null_means="outside the scheme's lines, or followers not known"),
    ),
)  # fmt: skip

TIER_ENGAGEMENT = Table(
    "tier_engagement", "one measure in one group of accounts: a tier, a kind or both", ("scheme", "measure", "tier", "kind"),
    (
        Column("scheme", "string", "tier scheme"), Column("measure", "string", "engagement variant, growth or reach per follower"),
        Column("tier", "string", "the tier; empty for all"), Column("kind", "string", "specialist or celebrity; empty for all"),
        _number("median", "median over accounts", "see measure", "not enough data"), _number("median_low", "lower end, 90 %, bootstrap", "see measure", "not enough data"),
        _number("median_high", "upper end, 90 %, bootstrap", "see measure", "not enough data"), _n("n_accounts", "accounts in the group", "accounts"),
        Column("verdict", "string", "measured or not_enough_data", one_of=("measured", "not_enough_data")),
    ),
)  # fmt: skip

TIER_EFFECTS = Table(
    "tier_effects", "two groups of accounts held against each other on one measure", ("scheme", "measure", "contrast", "group_l", "group_r"),
    (
        Column("scheme", "string", "tier scheme"), Column("measure", "string", "as in tier_engagement"),
        Column("contrast", "string", "what is compared", one_of=("tier", "kind")),
        Column("group_l", "string", "left group"), Column("group_r", "string", "right group"),
        _number("ratio", "median of the left / median of the right", "times", "not enough data"),
        _number("ratio_low", "lower end, 90 %, bootstrap", "times", "not enough data"), _number("ratio_high", "upper end, 90 %", "times", "not enough data"),
        _number("p_left_greater", "chance that an account of the left group beats one of the right (Cliff 1993, (delta + 1) / 2)", "probability", "not enough data"),
        _n("n_l", "accounts left", "accounts"), _n("n_r", "accounts right", "accounts"),
        Column("verdict", "string", "the answer", one_of=("left_higher", "right_higher", "no_clear_difference", "not_enough_data")),
    ),
)  # fmt: skip

KLOUT_STYLE = Table(
    "klout_style", "a Klout-style score read from the influence ledger", ("account_id",),
    (
        _id(), _score("klout_style", "1 to 100", 100, least=1), _score("klout_style_low", "lower end, 90 %", 100, NO_EVENTS, least=1),
        _score("klout_style_high", "upper end, 90 %", 100, NO_EVENTS, least=1),
        _number("true_reach", "accounts that can be expected to see and answer", "accounts", "not assessed"),
        _number("amplification", "how much each message sets off", "answers per message", "not assessed"),
        _number("network", "standing of those who answer, times the mean", "times", "not assessed"),
    ),
)  # fmt: skip

KRED_ACTIVITY = Table(
    "kred_activity", "points for one kind of act between one account and the others", ("account_id", "direction", "kind", "by_large"),
    (
        _id(), Column("direction", "string", "received counts for influence, sent for outreach", one_of=("received", "sent")),
        Column("kind", "string", "the act, or follow"), Column("by_large", "boolean", "the other side has more than 10,000 followers"),
        _n("n_acts", "acts", "acts"), _n("points_each", "points for one", "points"), _n("points", "n_acts × points_each", "points"),
    ),
)  # fmt: skip

KRED_STYLE = Table(
    "kred_style", "a Kred-style pair read from its activity statement", ("account_id",),
    (
        _id(), Column("influence_points", "int64", "sum of points received", "points", least=0), Column("outreach_points", "int64", "sum of points sent", "points", least=0),
        Column("kred_influence", "int64", "1 to 1000, a fixed rising reading of the points", "points", least=1, most=1000),
        Column("kred_outreach", "int64", "level, never falls with more points", "level", least=0),
    ),
)  # fmt: skip

CITED_POSTS = Table(
    "cited_posts", "one post that is evidence for one account; sorted by account", ("account_id", "post_id"),
    (
        _id(), _id("post_id", "the post, of the account itself or of another"),
        Column("text", "string", "what it says", null_means="no text"),
        Column("url", "string", "where it stands", null_means="not known"),
        Column("published_at", "timestamp", "when it was published", null_means="not known"),
    ),
)  # fmt: skip

ASSESSED = Table(
    "assessed", "how many accounts one contribution to overall influence could be assessed for, by what was missing", ("finding", "missing"),
    (
        Column("finding", "string", "the contribution"), Column("missing", "string", "observed tables that the others lacked; empty where nothing was"),
        _n("n_accounts", "accounts for which it has a weight", "accounts"), _n("n_assessed", "of them assessed", "accounts"),
        _n("by_events", "of them from events", "accounts"), _n("by_counts", "of them from counts", "accounts"),
        _number("weight_lacking", "sum of the weights of those not assessed", "points of weight"),
    ),
)  # fmt: skip

DIRECTORY = Table(
    "directory", "one account as a list shows it, overall or for one topic that it speaks of; sorted by topic", ("topic_id", "account_id"),
    (
        _topic(), _id(),
        _number("relevance", "how far it speaks of the topic: square root of topic_share; 1 for the whole account", "share"),
        _number("fit", "influence × relevance: the usual order of a list", "points"),
        _score("influence", "on the topic, or overall", 100),
        _score("influence_low", "lower end, 90 %, by resampling", 100, NO_EVENTS),
        _score("influence_high", "upper end, 90 %, by resampling", 100, NO_EVENTS),
        _score("overall_influence", "of the whole account", 100),
        Column("coverage", "float64", "weight of the contributions that could be assessed / all", "share", least=0, most=1),
        _number("p_top", "probability of being among the first 10", "probability", "not ranked, or nothing could be resampled"),
        Column("is_ranked", "boolean", "ranked on the topic and overall"),
        Column("platform", "string", "where the account is", null_means="no row of the account itself is loaded"),
        Column("handle", "string", "its handle", null_means="not known"),
        Column("name", "string", "its name", null_means="not known"),
        Column("country", "string", "ISO 3166-1 alpha-2", null_means="not known"),
        Column("tier", "string", "size under the scheme that lists show", null_means="followers not known, or outside the scheme"),
        Column("kind", "string", "specialist, celebrity, both, neither or not_assessed", null_means="not assessed"),
        _number("followers", "as last counted", "followers", "not known"),
        Column("language", "string", "the language written most", null_means="no language known"),
        Column("languages", "strings", "languages of at least a fifth of its posts, by code", null_means="no language known"),
        _number("engagement_share", "engagements by followers, else the rate as given", "share of followers", "not known"),
    ),
)  # fmt: skip

CONCLUSIONS = (
    PEOPLE, AUTHORITY, ACCOUNT_COMMUNITIES, COMMUNITIES, POST_RESPONSE,
    INFLUENCE_FINDINGS, INFLUENCE_EVIDENCE, INFLUENCE,
    KIND_FINDINGS, KINDS, TIERS, TIER_ENGAGEMENT, TIER_EFFECTS, KLOUT_STYLE, KRED_ACTIVITY, KRED_STYLE,
    CITED_POSTS, DIRECTORY, ASSESSED,
)  # fmt: skip
