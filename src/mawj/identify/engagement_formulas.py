"""Every engagement rate in public use: its formula in words and who publishes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """One public formula.

    Attributes:
        variant: its name in `engagement`.
        part, base: columns of `post_counts`; `passed_on` is reposts + quotes.
        how: mean of the posts' rates, pooled sums, median, mean over days, or as given.
        text: the formula in words.
        source: who publishes it, and where.
    """

    variant: str
    part: str
    base: str
    how: str
    text: str
    source: str


FORMULAS = (
    Formula("by_followers", "engagements", "followers", "mean",
            "mean over posts of (likes + comments + shares + saves) / followers at posting",
            "Popsters (popsters.us, engagement rate); GRIN help 2403207"),
    Formula("by_followers_pooled", "engagements", "followers", "pooled",
            "sum of engagements / (posts × followers), followers at posting",
            "brdata.store and NapoleonCat, average per post; LiveDune wiki 9707437"),
    Formula("by_followers_median", "engagements", "followers", "median",
            "median over posts of engagements / followers at posting",
            "our judgement: as by_followers, without the pull of one viral post"),
    Formula("by_reach", "engagements", "reached", "mean",
            "mean over posts of engagements / accounts reached (ERR)",
            "Hootsuite (blog.hootsuite.com/calculate-engagement-rate)"),
    Formula("by_impressions", "engagements", "impressions", "mean",
            "mean over posts of engagements / impressions",
            "Clarity Ventures glossary (clarity-ventures.com), engagement rate by impressions"),
    Formula("by_views", "engagements", "views", "mean",
            "mean over posts of engagements / views",
            "Clarity Ventures glossary (clarity-ventures.com), engagement rate by views"),
    Formula("love", "likes", "followers", "mean",
            "mean over posts of likes / followers at posting",
            "Popsters (popsters.us), love rate"),
    Formula("talk", "comments", "followers", "mean",
            "mean over posts of comments / followers at posting",
            "Popsters (popsters.us), talk rate"),
    Formula("amplification", "passed_on", "followers", "mean",
            "mean over posts of (reposts + quotes) / followers at posting",
            "HSMAI Academy glossary (academy.hsmai.org), amplification rate, after A. Kaushik"),
    Formula("daily", "engagements", "followers", "daily",
            "mean over days with a post of (engagements of the day's posts) / followers",
            "brdata.store and NapoleonCat, daily engagement rate; ours averages over days"),
    Formula("as_given", "", "", "given",
            "as the platform or a vendor gives it; its formula is not known",
            "the source of the row"),
)  # fmt: skip
"""Every variant with its formula and source: the one place that documents read."""
