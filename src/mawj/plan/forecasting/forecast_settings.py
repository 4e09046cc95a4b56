"""How forecasts judge: which past posts are like the one asked for, how far to trust few."""

from __future__ import annotations

from dataclasses import dataclass

from mawj.plan.forecasting.likeness import Trait


@dataclass(frozen=True)
class ForecastSettings:
    """How the past of an account and of its peers becomes a forecast.

    A past post weighs exp(-sum of strength × difference); at a strength of 1, a post of another
    form weighs 1/e. All strengths and weights are our judgement, checked by `mawj backtest`.

    Attributes:
        form: strength of being another deliverable, such as a photo beside a reel.
        kind: strength of being another kind of post within it, such as a text beside a photo.
        ages: strengths, to choose from by past error, of each 30 days between two posts; the
            first is taken unless another is better.
        least_gain: by what share a past error must fall for another age, or for a trend.
        paid: strength of being paid where the other is not.
        subject: strength of being of another subject, where subjects are given.
        weekday: strength of half a week between two weekdays.
        hour: strength of half a day between two hours.
        size: strength, among peers, of each e-fold of followers apart.
        window_days: posts older than this before `as_of` are not looked at; two years hold two
            of every season.
        settle_days: posts younger than this are left out: their counts still rise.
        least_peers: accounts with posts of a form below which all forms of the platform are
            peers.
        most_peers: accounts that speak for a form on a platform at most, drawn by digest.
        prior_worth: like posts at which an account's own level and its peers' weigh the same,
            where the data cannot tell: with less than 8 accounts of 5 posts.
        average_worth: like posts that an average given by a source counts as.
        season_posts: posts at which the effect of a weekday, an hour or a month counts half.
        occasion_log: how far occasions such as Ramadan usually move posts: the standard
            deviation of their effects on the log scale, until the posts tell.
        paid_posts: paid posts at which an account's own paid effect counts half.
        paid_log: effect of being paid where no paid post is known, on the log scale; -0.1 is
            10 % less.
        trend_posts: own posts at which the account's own trend counts half.
        trend_damping: what is left of a trend after each further 30 days (Gardner & McKenzie,
            Management Science 31, 1985, use 0.8 to 0.98 a period).
        most_trend: largest effect of a trend, on the log scale; 0.4 is half as much again.
        part_share: share of the audience of a whole film or episode that is still there for a
            part of it.
        record_forecasts: scored forecasts at which the record of past error counts half.
    """

    form: float = 2.0
    kind: float = 3.0
    ages: tuple[float, ...] = (0.35, 0.1, 1.0)
    least_gain: float = 0.005
    paid: float = 1.0
    subject: float = 1.0
    weekday: float = 0.2
    hour: float = 0.2
    size: float = 2.0
    window_days: float = 730.0
    settle_days: float = 7.0
    least_peers: int = 8
    most_peers: int = 1000
    prior_worth: float = 2.0
    average_worth: float = 3.0
    season_posts: float = 300.0
    occasion_log: float = 0.1
    paid_posts: float = 8.0
    paid_log: float = -0.1
    trend_posts: float = 30.0
    trend_damping: float = 0.8
    most_trend: float = 0.4
    part_share: float = 0.7
    record_forecasts: float = 10.0

    def traits(self, age: float) -> tuple[Trait, ...]:
        """By what two posts are compared, in the order of the columns of a history's traits."""
        return (
            Trait("form", self.form),
            Trait("kind", self.kind),
            Trait("age", age, is_number=True),
            Trait("paid", self.paid),
            Trait("subject", self.subject),
            Trait("weekday", self.weekday, turn=7.0),
            Trait("hour", self.hour, turn=24.0),
        )
