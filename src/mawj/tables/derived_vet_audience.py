"""What vetting makes of an audience: a sample of followers, and what detectors say of them."""

from __future__ import annotations

from mawj.tables.column import Column, Table

SILENT = "too little is known of the face for this detector to speak"
NOT_KNOWN = "not known of this follower"


def _id(name: str, meaning: str) -> Column:
    return Column(name, "string", meaning)


def _number(name: str, meaning: str, unit: str, null_means: str | None = NOT_KNOWN) -> Column:
    return Column(name, "float64", meaning, unit, null_means)


def _p(name: str, meaning: str) -> Column:
    return Column(
        f"p_{name}",
        "float64",
        f"probability that it is fake, {meaning}",
        "probability",
        SILENT,
        least=0,
        most=1,
    )


def _n(name: str, meaning: str) -> Column:
    return Column(name, "int64", meaning, "followers", least=0)


FOLLOWER_MODELS = Table(
    "follower_models", "one model of fake followers that the user fitted", ("name",),
    (
        Column("name", "string", "its name"),
        Column("model", "string", "the model as JSON, see `mawj train followers`"),
    ),
    kind="reference",
)  # fmt: skip

FOLLOWER_SAMPLE = Table(
    "follower_sample", "one sampled follower of one vetted account", ("account_id", "follower_id"),
    (
        _id("account_id", "the vetted account"), _id("follower_id", "who follows it"),
        Column("since", "timestamp", "since when", "UTC", "the source does not say"),
        _n("n_loaded", "followers of the account that are loaded and still follow"),
    ),
)  # fmt: skip

FOLLOWER_FACES = Table(
    "follower_faces", "what is publicly known of one follower, sampled or of the population", ("account_id",),
    (
        _id("account_id", "the follower"), Column("platform", "string", "its platform"),
        Column("is_sampled", "boolean", "follows a vetted account and was sampled"),
        Column("is_population", "boolean", "stands for all who follow somebody on the platform"),
        *(_number(name, meaning, "accounts" if name[0] == "f" else name) for name, meaning in (
            ("followers", "accounts that follow it"), ("following", "accounts that it follows"),
            ("posts", "posts so far"), ("likes_given", "likes given so far"), ("lists", "lists it is on"),
        )),
        _number("bio_length", "characters of its bio", "characters"),
        _number("name_words", "words of its name", "words"),
        _number("handle_digit_share", "digits / letters and digits of its handle", "share"),
        _number("handle_consonant_run", "longest run of Latin consonants in its handle, from 4 to 7", "letters"),
        *(Column(name, "boolean", meaning, null_means=NOT_KNOWN) for name, meaning in (
            ("is_name_handle", "its name is its handle"), ("has_picture", "a picture of its own"),
            ("is_private", "closed to the public"), ("has_link", "a link in its bio"),
            ("has_banner", "a banner of its own"), ("has_place", "says where it is"),
        )),
        _number("age_days", "days since it was opened", "days"),
        _number("silent_days", "days since its last known post or act", "days", "nothing by it is loaded"),
        Column("language", "string", "most used in its posts, else as stated", null_means=NOT_KNOWN),
        Column("country", "string", "as stated", null_means=NOT_KNOWN),
    ),
)  # fmt: skip

FOLLOWER_POPULATION = Table(
    "follower_population", "the face of one account that stands for all followers of its platform", ("account_id",),
    FOLLOWER_FACES.columns,
)  # fmt: skip

FOLLOWER_WORDS = Table(
    "follower_words", "what the detectors of faces say of one sampled follower", ("account_id",),
    (
        _id("account_id", "the follower"), Column("platform", "string", "its platform"),
        _p("face", "by picture, bio, name, banner"), _p("naming", "by handle and name"),
        _p("ratio_and_age", "by counts of follows, and age"), _p("activity", "by posts and likes given"),
        _p("model", "by the model that the user fitted; NULL too where there is none"),
        Column("is_suspect", "boolean", "the detectors of faces together find it more likely fake than not", null_means="fewer than two of them could speak"),
    ),
)  # fmt: skip

FOLLOWER_COMPANY = Table(
    "follower_company", "what detectors of faces say of one sampled follower, with whom it came, and whom else it follows",
    ("account_id", "follower_id"),
    (
        _id("account_id", "the vetted account"), _id("follower_id", "who follows it"),
        *FOLLOWER_WORDS.columns[1:7],
        _number("company_share", "share of suspects among the other sampled followers of what else it follows, above the usual share", "share", "follows fewer than three others that were sampled"),
        _number("burst_times", "arrivals in its three days / usual arrivals of the account in three days", "times", "too few dated arrivals"),
    ),
)  # fmt: skip

FOLLOWER_PANEL = Table(
    "follower_panel", "what the whole panel says of one sampled follower of one vetted account",
    ("account_id", "follower_id"),
    (
        _id("account_id", "the vetted account"), _id("follower_id", "who follows it"),
        *FOLLOWER_WORDS.columns[1:7],
        _p("neighbours", "by whom it came with and whom else it follows"),
        Column("p_panel", "float64", "probability that it is fake, by all of them together", "probability", "fewer than two detectors could speak", least=0, most=1),
        Column("is_split", "boolean", "detectors stand on both sides of even odds", null_means="fewer than two detectors could speak"),
    ),
)  # fmt: skip

FOLLOWER_SHARES = Table(
    "follower_shares", "what the sample of followers of one vetted account holds", ("account_id",),
    (
        _id("account_id", "the vetted account"), Column("platform", "string", "its platform"),
        _n("n_loaded", "followers that are loaded"), _n("n_sampled", "followers looked at"),
        _n("n_judged", "followers of whom two detectors or more could speak"),
        _n("n_fake", "of them, those that the panel finds more likely fake than not"),
        _n("n_split", "of them, those on whom detectors disagree"),
        *(_n(f"n_{name}_{end}", f"{meaning} {what}")
          for name, what in (("face", "the detector of faces"), ("naming", "that of names"),
                             ("ratio_and_age", "that of ratio and age"), ("activity", "that of activity"),
                             ("model", "the fitted model"), ("neighbours", "that of neighbours"))
          for end, meaning in (("spoke", "followers judged by"), ("fake", "found more likely fake by"))),
        _n("n_following", "followers whose count of followed accounts is known"),
        _n("n_mass", "of them, those who follow too many to be reached"),
        _n("n_seen", "followers of whom it is known whether they ever did anything"),
        _n("n_inactive", "of them, those who never posted, or not for long"),
        _number("usual_inactive_share", "the same share among all followers of the platform", "share", "too few of them are loaded"),
    ),
)  # fmt: skip

AUDIENCE_MAKEUP = Table(
    "audience_makeup", "one value of one dimension of those who follow or comment on one vetted account",
    ("account_id", "slice", "dimension", "value"),
    (
        _id("account_id", "the vetted account"),
        Column("slice", "string", "which part of the audience", one_of=("followers", "commenters")),
        Column("dimension", "string", "what is told apart", one_of=("language", "country")),
        Column("value", "string", "the language without its region, or the country"),
        _n("n", "accounts with it (comments, for commenters)"),
        Column("claimed_share", "float64", "its part as the account, its platform or a vendor gives it", "share", "nothing is given", least=0, most=1),
    ),
)  # fmt: skip

VET_AUDIENCE = (
    FOLLOWER_SAMPLE, FOLLOWER_FACES, FOLLOWER_POPULATION, FOLLOWER_WORDS, FOLLOWER_COMPANY,
    FOLLOWER_PANEL, FOLLOWER_SHARES, AUDIENCE_MAKEUP,
)  # fmt: skip
