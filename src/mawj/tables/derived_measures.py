"""What a run measures of each account: standing, engagement, growth, conversation, doubt, topics."""

from __future__ import annotations

from mawj.tables.column import Column, Table

NO_POSTS = "no post with the counts needed"
NO_COUNTS = "no snapshot gives it"
NO_SERIES = "fewer than two snapshots far enough apart"
TOO_FEW = "too few posts for an interval: 3 for a mean, 5 for a median; or an average given by the source"
NOT_LOADED = "the events are not loaded"


def _id(name: str = "account_id", meaning: str = "the account") -> Column:
    return Column(name, "string", meaning)


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


STANDING = Table(
    "standing", "the latest known counts of one account", ("account_id",),
    (
        _id(), Column("platform", "string", "the platform"),
        Column("as_of", "timestamp", "the latest snapshot", "UTC", NO_COUNTS),
        *(
            _number(name, meaning, unit, NO_COUNTS)
            for name, meaning, unit in (
                ("followers", "accounts that follow it", "accounts"),
                ("following", "accounts that it follows", "accounts"),
                ("posts", "posts published so far", "posts"),
                ("lists", "public lists it is on", "lists"),
                ("average_likes", "likes per post as given", "likes per post"),
                ("average_comments", "comments per post as given", "comments per post"),
                ("average_views", "views per post as given", "views per post"),
                ("average_engagements", "engagements per post as given", "engagements per post"),
                ("given_engagement_share", "engagement rate as given, method unknown", "share"),
                ("mentions_received", "mentions by others as counted by the source", "mentions"),
                ("reposts_received", "reposts by others as counted by the source", "reposts"),
                ("replies_received", "replies by others as counted by the source", "replies"),
                ("mentions_sent", "mentions of others as counted by the source", "mentions"),
                ("reposts_sent", "reposts of others as counted by the source", "reposts"),
                ("posts_in_window", "posts in the source's own recent window", "posts"),
            )
        ),
    ),
)  # fmt: skip

POST_COUNTS = Table(
    "post_counts", "the latest known counts of one own post (reposts of others left out)", ("post_id",),
    (
        _id("post_id", "the post"), _id(), Column("platform", "string", "the platform"),
        Column("published_at", "timestamp", "when", "UTC", "the source does not say"),
        Column("kind", "string", "form of the post", null_means="the source does not say"),
        *(_number(name, f"latest known {name}", name, "hidden or not reported")
          for name in ("views", "impressions", "reached", "likes", "comments", "reposts", "quotes", "saves", "clicks")),
        _number("engagements", "likes + comments + reposts + quotes + saves, of those that are known; NULL when likes are not", "engagements", "likes hidden or not reported"),
        _number("followers", "followers of the account nearest before publication, else the earliest known", "accounts", NO_COUNTS),
    ),
)  # fmt: skip

PEERS = Table(
    "peers", "the comparison group of one account: same platform, like size", ("account_id",),
    (
        _id(), Column("peer_group", "string", "platform and size band, for example instagram 10k-32k"),
        _n("n_peers", "accounts of the group, itself counted", "accounts"),
    ),
)  # fmt: skip

DOUBT = Table(
    "doubt", "structural signs, of the public face and the graph only, that an account is not a person's own voice", ("account_id",),
    (
        _id(),
        Column("doubt", "float64", "1 - product of (1 - sign), the weight that its attention loses", "share", "no sign could be assessed", least=0, most=1),
        _number("follows_per_follower", "following / followers", "ratio", NO_COUNTS),
        Column("has_bare_face", "boolean", "no picture, no bio and no name of its own", null_means="not said"),
        _number("handle_digit_share", "digits in the handle", "share", "no handle"),
        Column("has_no_posts", "boolean", "has never posted", null_means=NO_COUNTS),
        _number("one_target_share", "share of its acts that go to one account", "share", NOT_LOADED),
        _n("n_assessed", "signs that could be assessed", "signs"),
    ),
)  # fmt: skip

REACH = Table(
    "reach", "views that one account can be expected to get from one post", ("account_id",),
    (
        _id(), _number("reach", "median views per post in the window", "views per post"),
        _number("reach_low", "lower quartile", "views per post", "an average given by the source"),
        _number("reach_high", "upper quartile", "views per post", "an average given by the source"),
        _n("n_posts", "posts with known views", "posts"),
        Column("basis", "string", "posts loaded, or an average given by the source", one_of=("events", "counted")),
    ),
)  # fmt: skip

ENGAGEMENT_VARIANTS = (
    "by_followers", "by_followers_pooled", "by_followers_median", "by_reach", "by_impressions",
    "by_views", "love", "talk", "amplification", "daily", "as_given",
)  # fmt: skip

ENGAGEMENT = Table(
    "engagement", "one account under one published formula of engagement rate", ("account_id", "variant"),
    (
        _id(), Column("variant", "string", "the formula; see docs/methods.md", one_of=ENGAGEMENT_VARIANTS),
        _number("engagement_share", "the rate", "share of the base"),
        _number("engagement_share_low", "lower end, 90 %", "share of the base", TOO_FEW),
        _number("engagement_share_high", "upper end, 90 %", "share of the base", TOO_FEW),
        _n("n_posts", "posts that have what the formula needs", "posts"),
        Column("basis", "string", "posts loaded, or averages given by the source", one_of=("events", "counted")),
    ),
)  # fmt: skip

GROWTH = Table(
    "growth", "how the followers of one account moved", ("account_id",),
    (
        _id(), _number("followers_first", "at the start of the window", "accounts"),
        _number("followers_last", "at its end", "accounts"),
        _number("growth_30d_share", "median monthly growth (Theil-Sen slope of log followers over 30 days)", "share of followers"),
        _number("growth_30d_share_low", "lower end, 90 %", "share of followers", "fewer than 5 snapshots"),
        _number("growth_30d_share_high", "upper end, 90 %", "share of followers", "fewer than 5 snapshots"),
        _number("largest_step_share", "largest gain between two snapshots", "share of followers"),
        _n("n_snapshots", "snapshots used", "snapshots"),
        Column("from_date", "date", "first snapshot"), Column("to_date", "date", "last snapshot"),
    ),
)  # fmt: skip

CADENCE = Table(
    "cadence", "how often and how steadily one account publishes", ("account_id",),
    (
        _id(), _number("posts_per_week", "own posts a week over the window", "posts per week"),
        _number("active_weeks_share", "weeks of the window with a post", "share of weeks"),
        _number("median_gap_days", "median days between posts", "days", "fewer than 2 posts"),
        _n("n_posts", "own posts in the window", "posts"),
        Column("last_post_at", "timestamp", "latest post", "UTC", "no dated post"),
    ),
)  # fmt: skip

ACT_ROWS = Table(
    "acts", "one thing one account did to another, loaded as such or read from posts and comments",
    ("actor_id", "target_id", "kind", "act_id"),
    (
        Column("act_id", "string", "interaction, post or comment that shows it"),
        _id("actor_id", "who did it"), _id("target_id", "to whom (never the actor itself)"),
        Column("kind", "string", "mention, reply, repost, quote, comment or like"),
        Column("post_id", "string", "on which post of the target", null_means="not tied to a post"),
        Column("at", "timestamp", "when", "UTC", "not said"),
    ),
)  # fmt: skip

CONVERSATION = Table(
    "conversation", "how one account and its audience talk", ("account_id",),
    (
        _id(), _number("comments_per_post", "median comments and replies per own post", "per post", NO_POSTS),
        _number("reposts_per_post", "median reposts and quotes per own post", "per post", NO_POSTS),
        _number("commenters", "distinct accounts that commented or replied", "accounts", NOT_LOADED),
        _number("answered_share", "share of those accounts that it answered", "share", NOT_LOADED),
        _n("n_posts", "own posts with known counts", "posts"),
    ),
)  # fmt: skip

ATTENTION = Table(
    "attention", "who turned to one account, counted by distinct others", ("account_id",),
    (
        _id(), _number("others", "distinct accounts that acted on it, each counted 1 - doubt", "accounts"),
        _n("n_others", "distinct accounts, doubtful ones too", "accounts"),
        _n("n_acts", "acts in all", "acts"),
        *(_n(f"n_{kind}", f"distinct accounts by {kind}", "accounts")
          for kind in ("mention", "reply", "repost", "quote", "comment", "like")),
        _number("sent", "distinct accounts that it acted on", "accounts"),
        Column("from_date", "date", "first act", null_means="no dated act"),
        Column("to_date", "date", "last act", null_means="no dated act"),
    ),
)  # fmt: skip

EDGES = Table(
    "edges", "the weight of attention that flows from one account to another", ("source_id", "target_id"),
    (
        _id("source_id", "whose attention"), _id("target_id", "to whom it goes"),
        _number("weight", "sum over kinds of setting × log2(1 + acts), the follow included, × (1 - doubt of the source)", "weight"),
        _n("n_acts", "acts in all, a follow counted as one", "acts"),
    ),
)  # fmt: skip

POST_TOPICS = Table(
    "post_topics", "one topic that one post speaks of", ("post_id", "topic_id"),
    (
        _id("post_id", "the post"), _id(), Column("topic_id", "string", "the topic, the most specific and its ancestors"),
        _n("n_seeds", "seeds of the topic that the post holds", "seeds"),
        _number("weight", "share of the post's topical weight", "share"),
        Column("seed", "string", "the strongest seed found, folded"),
    ),
)  # fmt: skip

ACCOUNT_TERMS = Table(
    "account_terms", "one folded term of the handle, name or bio of one account", ("account_id", "part", "term"),
    (
        _id(), Column("part", "string", "where it stands", one_of=("handle", "name", "bio")),
        Column("term", "string", "folded, light-stemmed"),
    ),
)  # fmt: skip

NAMED_TOPICS = Table(
    "named_topics", "one topic that the bio of one account, or the words of one list it is on, names",
    ("account_id", "topic_id", "place", "place_id"),
    (
        _id(), Column("topic_id", "string", "the topic, the most specific and its ancestors"),
        Column("place", "string", "where it is named", one_of=("bio", "list")),
        _id("place_id", "the list, or the account itself"),
        Column("named_by", "string", "who made the list, or the account itself", null_means="the maker of the list is not said"),
    ),
)  # fmt: skip

TOPICS_BY_OTHERS = Table(
    "topics_by_others", "one topic that others speak of when they name one account", ("account_id", "topic_id"),
    (
        _id(), Column("topic_id", "string", "the topic"),
        _n("n_others", "distinct others who name it on the topic, by post, reply, quote or list", "accounts"),
        _n("n_naming", "distinct others who name it in words that are loaded, on any topic or none", "accounts"),
    ),
)  # fmt: skip

TOPICS_BY_SELF = Table(
    "topics_by_self", "what share of its own posts one account gives to one topic", ("account_id", "topic_id"),
    (
        _id(), Column("topic_id", "string", "a topic of its posts, its bio or of what others say of it"),
        _number("own_share", "share of its posts on the topic, shrunk to the platform's mean", "share"),
        _number("own_share_low", "lower end, 90 % (Wilson)", "share"),
        _number("own_share_high", "upper end, 90 % (Wilson)", "share"),
        _n("n_posts", "own posts on the topic", "posts"), _n("n_text_posts", "own posts with text", "posts"),
    ),
)  # fmt: skip

ACCOUNT_TOPICS = Table(
    "account_topics", "one topic of one account, by what it says and by what others say of it", ("account_id", "topic_id"),
    (
        _id(), Column("topic_id", "string", "the topic"),
        _number("topic_share", "blend of own_share and others_share; see settings", "share"),
        _number("own_share", "share of its posts on the topic, shrunk to the platform's mean", "share", "no posts with text"),
        _number("own_share_low", "lower end, 90 % (Wilson)", "share", "no posts with text"),
        _number("own_share_high", "upper end, 90 % (Wilson)", "share", "no posts with text"),
        _number("others_share", "share of the distinct others naming it (by post, reply, quote or list) who speak of the topic", "share", "nobody loaded speaks of it"),
        _n("n_posts", "own posts on the topic", "posts"),
        _n("n_others", "distinct others who name it on the topic", "accounts"),
        Column("in_bio", "boolean", "its own description names the topic", null_means="no bio"),
    ),
)  # fmt: skip

TOPIC_EVIDENCE = Table(
    "topic_evidence", "one post that shows one topic of one account", ("account_id", "topic_id", "place"),
    (
        _id(), Column("topic_id", "string", "the topic"), _n("place", "1 is the strongest", "place"),
        _id("post_id", "the post"), Column("seed", "string", "the seed found, folded"),
        Column("said_by", "string", "self or other", one_of=("self", "other")),
    ),
)  # fmt: skip

TOPIC_TERMS = Table(
    "topic_terms", "one term that keeps company with a topic in the loaded posts", ("topic_id", "term"),
    (
        Column("topic_id", "string", "the topic"), Column("term", "string", "folded term that is no seed"),
        _n("n_posts", "posts of the topic with the term", "posts"),
        _number("lift", "share of the topic's posts with the term / share of all posts with it", "times"),
        _number("score", "log-likelihood ratio (Dunning 1993)", "nats"),
    ),
)  # fmt: skip

ACCOUNT_LANGUAGES = Table(
    "account_languages", "one language that one account writes", ("account_id", "language"),
    (
        _id(), Column("language", "string", "BCP-47"), _n("n_posts", "own posts in it", "posts"),
        _number("share", "of its own posts with a known language", "share"),
    ),
)  # fmt: skip

SEARCH_TERMS = Table(
    "search_terms", "one folded term of one account, for search; sorted by term", ("term", "account_id"),
    (
        Column("term", "string", "folded, light-stemmed"), _id(),
        _number("weight", "BM25 weight over name, handle, bio and posts (Robertson & Zaragoza 2009)", "weight"),
        _n("n_posts", "own posts with the term", "posts"),
        Column("in_name", "boolean", "in name or handle"), Column("in_bio", "boolean", "in the bio"),
    ),
)  # fmt: skip

ACCOUNT_DOCUMENTS = Table(
    "account_documents", "one text of one account, to be embedded for search by meaning", ("account_id", "place"),
    (
        _id(), _n("place", "0 is name and bio, then posts", "place"),
        Column("text", "string", "as written"),
    ),
)  # fmt: skip

ACCOUNT_VECTORS = Table(
    "account_vectors", "one account as a vector of meaning; made only by `mawj run --meaning`", ("account_id",),
    (
        _id(), Column("model", "string", "the embedder's name and version"),
        Column("vector", "floats", "unit vector of the document"),
    ),
)  # fmt: skip

MEASURES = (
    STANDING, POST_COUNTS, PEERS, DOUBT, REACH, ENGAGEMENT, GROWTH, CADENCE, ACT_ROWS, CONVERSATION,
    ATTENTION, EDGES, POST_TOPICS, ACCOUNT_TERMS, NAMED_TOPICS, TOPICS_BY_OTHERS, TOPICS_BY_SELF, ACCOUNT_TOPICS, TOPIC_EVIDENCE, TOPIC_TERMS, ACCOUNT_LANGUAGES,
    SEARCH_TERMS, ACCOUNT_DOCUMENTS, ACCOUNT_VECTORS,
)  # fmt: skip
