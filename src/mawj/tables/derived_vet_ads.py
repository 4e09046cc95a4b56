"""What vetting finds of advertising: posts that show payment, and brands over time."""

from __future__ import annotations

from mawj.tables.column import Column, Table

_BRAND = "the site or handle that is advertised, small letters, words parted by hyphens"

SPONSORED_POSTS = Table(
    "sponsored_posts", "one own post of a vetted account that shows a sign of payment", ("post_id",),
    (
        Column("post_id", "string", "the post"), Column("account_id", "string", "the account"),
        Column("platform", "string", "its platform"),
        Column("published_at", "timestamp", "when", "UTC", "the source does not say"),
        Column("language", "string", "language of the text (BCP-47)", null_means="the source does not say"),
        Column("sign", "string", "the strongest sign of payment"),
        Column("signs", "strings", "every kind of sign found"),
        Column("strength", "float64", "how surely it is paid for, 1 is the platform's own label", "share", least=0, most=1),
        Column("is_paid", "boolean", "strong enough to be counted as paid"),
        Column("disclosed", "string", "whether the reader is told; unknown where the platform has a label and the source does not say whether it is set", one_of=("yes", "vague", "no", "unknown")),
        Column("disclosed_by", "string", "how", null_means="not disclosed", one_of=("label", "words", "both")),
        Column("place", "string", "the best place of the words that disclose", null_means="no words disclose", one_of=("start", "before_fold", "after_fold", "among_hashtags")),
        Column("wording", "string", "the words that disclose, else those that are too vague, as written", null_means="there are none"),
        Column("is_denied", "boolean", "the text says that it is not paid"),
        Column("is_own_money", "boolean", "the text says that the author paid for it"),
        Column("is_review", "boolean", "the text reports an experience"),
        Column("has_drawback", "boolean", "the text names a drawback"),
        Column("brand", "string", _BRAND, null_means="none can be told"),
        Column("code", "string", "the first discount code", null_means="there is none"),
        Column("quote", "string", "the beginning of the text, at most 300 characters", null_means="the post has no known text"),
    ),
)  # fmt: skip

AD_COUNTS = Table(
    "ad_counts", "paid and other posts of one vetted account", ("account_id",),
    (
        Column("account_id", "string", "the account"),
        Column("n_posts", "int64", "own posts that could be looked at, answers to others left out", "posts", least=1),
        Column("n_paid", "int64", "of these, counted as paid", "posts", least=0),
        Column("n_told", "int64", "of the paid, disclosed", "posts", least=0),
        Column("n_vague", "int64", "of the paid, with words that are too vague", "posts", least=0),
        Column("n_untold", "int64", "of the paid, without any disclosure", "posts", least=0),
        Column("n_unknown", "int64", "of the paid, where the platform's label is not known", "posts", least=0),
        Column("first_at", "timestamp", "the first post", "UTC", "no post has a date"),
        Column("last_at", "timestamp", "the last post", "UTC", "no post has a date"),
    ),
)  # fmt: skip

PAID_TEXTS = Table(
    "paid_texts", "one paid post of a vetted account with its text, the last 300 of each", ("post_id",),
    (
        Column("post_id", "string", "the post"), Column("account_id", "string", "the account"),
        Column("platform", "string", "its platform"),
        Column("published_at", "timestamp", "when", "UTC", "the source does not say"),
        Column("language", "string", "language of the text (BCP-47)", null_means="the source does not say"),
        Column("text", "string", "as written, at most 3,000 characters", null_means="the source does not say"),
        Column("is_labelled_ad", "boolean", "carries the platform's paid-partnership label", null_means="the source does not say"),
        Column("disclosed", "string", "as in sponsored_posts"),
        Column("strength", "float64", "as in sponsored_posts", "share", least=0, most=1),
        Column("brand", "string", _BRAND, null_means="none can be told"),
    ),
)  # fmt: skip

PAID_COUNTS = Table(
    "paid_counts", "what one post of an account with paid posts got, the last 500 of each", ("post_id",),
    (
        Column("post_id", "string", "the post"), Column("account_id", "string", "the account"),
        Column("published_at", "timestamp", "when", "UTC", "the source does not say"),
        Column("is_paid", "boolean", "counted as paid"),
        Column("engagements", "float64", "as in vet_posts", "engagements", "hidden or not reported", least=0),
        Column("views", "float64", "as in vet_posts", "views", "hidden or not reported", least=0),
    ),
)  # fmt: skip

STATED_VALUES = Table(
    "stated_values", "one value that a vetted account states of itself", ("account_id", "value", "said_in"),
    (
        Column("account_id", "string", "the account"), Column("value", "string", "short name of the value"),
        Column("said_in", "string", "the post, or bio: and the account"),
        Column("post_id", "string", "the post that states it", null_means="the bio states it"),
        Column("at", "timestamp", "when it was stated", "UTC", "in the bio, or not said"),
        Column("quote", "string", "the beginning of the text, at most 200 characters"),
    ),
)  # fmt: skip

BRAND_HISTORY = Table(
    "brand_history", "one brand that a vetted account advertised", ("account_id", "brand"),
    (
        Column("account_id", "string", "the account"), Column("brand", "string", _BRAND),
        Column("first_at", "timestamp", "the first post that is known", "UTC", "no post has a date"),
        Column("last_at", "timestamp", "the last post that is known", "UTC", "no post has a date"),
        Column("n_posts", "int64", "posts that show payment by it or name it beside a sign of one", "posts", least=1),
        Column("n_paid", "int64", "of these, posts counted as paid", "posts", least=0),
        Column("disclosed_share", "float64", "of those paid whose disclosure is known, the share disclosed", "share", "none of them is paid or known", least=0, most=1),
    ),
)  # fmt: skip

BRAND_COMPETITORS = Table(
    "brand_competitors", "one competitor of the brand that asks", ("brand_id", "name"),
    (
        Column("brand_id", "string", "the brand that asks"), Column("name", "string", "the competitor's name"),
        Column("handle", "string", "its handle, without @", null_means="not given"),
        Column("domain", "string", "its site", null_means="not given"),
    ),
    kind="reference",
)  # fmt: skip

ADVERTISING = (
    SPONSORED_POSTS,
    AD_COUNTS,
    PAID_TEXTS,
    PAID_COUNTS,
    STATED_VALUES,
    BRAND_HISTORY,
)
