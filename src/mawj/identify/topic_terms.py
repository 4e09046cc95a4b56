"""Terms that keep a topic company: what the taxonomy may grow by from the loaded posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from mawj.identify.post_counts import own_posts
from mawj.identify.seed_hits import topics_of_seeds
from mawj.identify.stop_terms import stops_by_language
from mawj.tables.portable import ratio
from mawj.tables.shaped import shaped

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir


@dataclass(frozen=True)
class TermGrowth:
    """Which terms a topic may grow by.

    Attributes:
        least_posts: posts of the topic with the term; fewer are chance. Our judgement.
        least_accounts: accounts that use it so: one voice makes no word of a subject. Our
            judgement.
        least_score: log-likelihood ratio in nats; 5.41 is a chi-squared of 10.83, 0.1 % by
            chance for one term (Dunning 1993).
        most_terms: the strongest terms kept of each topic. Our judgement.
    """

    least_posts: int = 5
    least_accounts: int = 3
    least_score: float = 5.41
    most_terms: int = 40


def topic_terms(
    posts: ir.Table,
    post_topics: ir.Table,
    topic_seeds: ir.Table,
    topics: ir.Table,
    *,
    growth: TermGrowth,
    keep: Callable[[ir.Table], ir.Table],
) -> ir.Table:
    """One term that keeps company with a topic in the loaded posts: one row per topic, term.

    Reads:
        posts: terms of own posts. post_topics: what they speak of.
        topic_seeds, topics: terms that are seeds already.

    Returns:
        The declared columns, the strongest `growth.most_terms` of each topic. Function words,
        numbers, seeds, and words of the topic's own seeds are left out, and so are terms that
        keep away from the topic.

    Source:
        Dunning 1993, Computational Linguistics 19, 61-74: log-likelihood ratio of two
        binomials.
    """
    own = own_posts(posts).filter(posts.terms.notnull(), posts.terms.length() > 0)
    # Kept: all words of all posts are the cost, and they are read twice.
    words = keep(_content_words(own, topic_seeds))
    overall = words.group_by("term").agg(n_term=_.count())
    frequent = words.join(overall.filter(overall.n_term >= growth.least_posts), "term")
    pairs = frequent.join(post_topics.select("post_id", "topic_id"), "post_id").select(
        "topic_id", "term", "n_term", "account_id"
    )
    counted = pairs.group_by("topic_id", "term", "n_term").agg(n_posts=_.count())
    enough = counted.filter(counted.n_posts >= growth.least_posts)
    new = enough.anti_join(_seed_terms(topic_seeds, topics), ["topic_id", "term"])
    spoken = post_topics.group_by("topic_id").agg(n_topic=_.count())
    scored = _scored(new.join(spoken, "topic_id").cross_join(own.agg(n=_.count())))
    strong = keep(scored.filter(scored.lift > 1, scored.score >= growth.least_score))
    heard = strong.join(_accounts_of(pairs, strong), ["topic_id", "term"])
    known = heard.filter(heard.n_accounts >= growth.least_accounts)
    line = ibis.window(group_by="topic_id", order_by=[_.score.desc(), _.term])
    ranked = known.mutate(nth=ibis.row_number().over(line))
    return shaped(ranked.filter(ranked.nth < growth.most_terms), "topic_terms")


def _seed_terms(topic_seeds: ir.Table, topics: ir.Table) -> ir.Table:
    """The terms of the seeds of each topic and of those under it."""
    mine = topic_seeds.join(topics_of_seeds(topic_seeds, topics), "seed", rname="{name}_of")
    return mine.select(topic_id="topic_id_of", term="term").distinct()


def _accounts_of(pairs: ir.Table, strong: ir.Table) -> ir.Table:
    """How many accounts use each strong term on its topic.

    Only of strong terms, and by account before they are counted: the accounts of every term of
    every topic would not fit in memory.
    """
    said = pairs.semi_join(strong, ["topic_id", "term"])
    by_account = said.select("topic_id", "term", "account_id").distinct()
    return by_account.group_by("topic_id", "term").agg(n_accounts=_.count())


def _content_words(own: ir.Table, topic_seeds: ir.Table) -> ir.Table:
    """Terms of posts that are no function words, no numbers and no seed of one word."""
    words = own.select(
        "post_id", "account_id", language=_.language.fill_null("und"), term=_.terms.unnest()
    )
    lettered = words.filter(words.term.re_search(r"\p{L}"))
    seeds = topic_seeds.filter(topic_seeds.n_terms == 1).select("term").distinct()
    spoken = lettered.anti_join(stops_by_language(), ["language", "term"])
    return spoken.anti_join(seeds, "term").select("post_id", "account_id", "term")


def _scored(counts: ir.Table) -> ir.Table:
    """Lift and log-likelihood ratio of the 2 × 2 table of topic and term."""
    both = counts.n_posts.cast("float64")
    topic, term = counts.n_topic.cast("float64"), counts.n_term.cast("float64")
    n = counts.n.cast("float64")
    score = (
        _part(both, topic * term / n)
        + _part(topic - both, topic * (n - term) / n)
        + _part(term - both, (n - topic) * term / n)
        + _part(n - topic - term + both, (n - topic) * (n - term) / n)
    )
    return counts.mutate(lift=ratio(both / topic, term / n), score=score)


def _part(seen: Any, expected: Any) -> Any:
    """What is seen × ln(seen / expected), 0 where nothing is."""
    some = ibis.ifelse(seen > 0, seen, 1.0)
    over = ratio(some, expected).ln()
    return ibis.ifelse(seen > 0, seen * over, 0.0)
