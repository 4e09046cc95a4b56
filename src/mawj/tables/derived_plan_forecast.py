"""What can be expected of a deliverable, why, how it went before, and what came of it."""

from __future__ import annotations

from mawj.tables.column import Column, Table

MEASURES = ("views", "reach", "engagements", "clicks", "conversions")
FORECAST_BASES = ("own", "peers", "average", "rate")
FORECAST_LINES_NAMED = (
    "platform", "peers", "own", "average", "trend", "season", "occasion", "paid", "part", "rate",
    "past_error",
)  # fmt: skip
NOT_KNOWN = "not known; see missing"

_WHICH = (
    Column("account_id", "string", "whose"),
    Column("deliverable", "string", "what, for example instagram:reel"),
    Column("on", "date", "day of publication"),
    Column("measure", "string", "what is counted", one_of=MEASURES),
)


def _number(name: str, meaning: str, unit: str, null_means: str | None = None) -> Column:
    return Column(name, "float64", meaning, unit, null_means, least=0)


def _n(name: str, meaning: str, unit: str) -> Column:
    return Column(name, "int64", meaning, unit, least=0)


FORECASTS = Table(
    "forecasts", "what one account can be expected to get, in one measure, from one deliverable on one day",
    ("account_id", "deliverable", "on", "measure"),
    (
        *_WHICH[:1], Column("platform", "string", "the platform"), *_WHICH[1:],
        Column("is_paid", "boolean", "whether the post is paid for"),
        _number("forecast", "half of such posts get more, half less", "of the measure", NOT_KNOWN),
        _number("forecast_low", "lower end of the interval", "of the measure", NOT_KNOWN),
        _number("forecast_high", "upper end of the interval", "of the measure", NOT_KNOWN),
        Column("level", "float64", "how often the interval should hold", "share", least=0, most=1),
        _n("n_own", "the account's own posts that it rests on", "posts"),
        _n("n_peers", "other accounts that it rests on", "accounts"),
        _n("n_errors", "past forecasts of its class whose errors make the interval", "forecasts"),
        Column("basis", "string", "what it rests on most", null_means=NOT_KNOWN, one_of=FORECAST_BASES),
        Column("peers", "string", "who the other accounts are", null_means="no peers"),
        Column("missing", "string", "what would have to be loaded to know more", null_means="nothing is missing"),
        Column("rule_version", "string", "version of the rule"),
    ),
    kind="planned",
)  # fmt: skip

FORECAST_LINES = Table(
    "forecast_lines", "one part of one forecast; on the log scale the parts add up to it",
    ("account_id", "deliverable", "on", "measure", "line"),
    (
        *_WHICH,
        Column("line", "string", "which part", one_of=FORECAST_LINES_NAMED),
        Column("place", "int64", "order of the parts", "place", least=1),
        Column("contribution", "float64", "what it adds to the logarithm of the forecast", "nats"),
        Column("factor", "float64", "the same as a factor", "times", least=0),
        Column("weight", "float64", "weight of the account's own past against its peers", "share", "not a matter of weight", least=0, most=1),
        Column("n", "float64", "posts, accounts or scored forecasts behind it", "cases", "none", least=0),
        Column("width", "float64", "what it does to the width of the interval", "times", "nothing", least=0),
        Column("source", "string", "where a rate comes from; of the part of occasions, their keys with commas between", null_means="the user's own data"),
    ),
    kind="planned",
)  # fmt: skip

BACKTEST = Table(
    "backtest", "how one way of forecasting did on the user's own past", ("platform", "tier", "measure", "way"),
    (
        Column("platform", "string", "the platform; empty for all"),
        Column("tier", "string", "size of the account; empty for all"),
        Column("measure", "string", "what was forecast", one_of=MEASURES),
        Column("way", "string", "mawj, or a naive way: the last value, the median so far", one_of=("mawj", "last", "median")),
        _n("n", "posts forecast", "posts"),
        _number("median_error", "median of |forecast - outcome| / outcome", "share"),
        _number("mean_error", "mean of the same", "share"),
        Column("coverage", "float64", "share of outcomes inside the interval", "share", "a naive way has no interval", least=0, most=1),
        _number("width", "median of upper end / lower end", "times", "a naive way has no interval"),
    ),
    kind="planned",
)  # fmt: skip

FORECAST_SCORES = Table(
    "forecast_scores", "one kept forecast beside what came of it",
    ("book_id", "account_id", "deliverable", "on", "measure"),
    (
        Column("book_id", "string", "the asking it was kept under"),
        *_WHICH,
        Column("published_on", "date", "when it was published"),
        _number("forecast", "as it was given", "of the measure"),
        _number("forecast_low", "lower end as given", "of the measure"),
        _number("forecast_high", "upper end as given", "of the measure"),
        _number("outcome", "what came of it", "of the measure"),
        Column("error", "float64", "logarithm of outcome / forecast; none counts as half of one", "nats"),
        _number("out", "the same in half-widths of its side of the interval", "half-widths"),
        Column("is_inside", "boolean", "the outcome lies inside the interval"),
        Column("taught", "float64", "what the record of earlier forecasts had added", "nats"),
        _number("taught_width", "how many times as wide that record had made it", "times"),
    ),
    kind="planned",
)  # fmt: skip

_BOOK_ID = Column("book_id", "string", "the asking it was kept under")
FORECAST_BOOK = Table(
    "forecast_book", "one asking whose forecasts are kept", ("book_id",),
    (
        _BOOK_ID,
        Column("made_at", "timestamp", "when it was asked", "UTC"),
        Column("run_id", "string", "the run whose tables were read"),
        Column("as_of", "timestamp", "nothing later was looked at", "UTC"),
        _n("n_forecasts", "forecasts kept", "forecasts"),
        Column("versions", "string", "versions of the observed tables that the run read, as JSON"),
        Column("settings", "string", "the settings in force, as JSON"),
        Column("code_version", "string", "version of Mawj"),
    ),
    kind="kept",
)  # fmt: skip


def _kept(name: str, of: Table) -> Table:
    """`of` as frozen when it was asked."""
    return Table(
        name, f"{of.grain}, frozen when it was asked", ("book_id", *of.key),
        (_BOOK_ID, *of.columns), kind="kept",
    )  # fmt: skip


FORECASTING = (
    FORECASTS, FORECAST_LINES, BACKTEST, FORECAST_SCORES, FORECAST_BOOK,
    _kept("kept_forecasts", FORECASTS), _kept("kept_forecast_lines", FORECAST_LINES),
)  # fmt: skip
