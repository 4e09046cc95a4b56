"""The table of contents of the analytics: every step, in the order in which people think of it.

The runner sorts by what each step reads, so the order here is for readers. A new step is its
function and one word here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.identify.account_topics import account_topics, topics_by_others, topics_by_self
from mawj.identify.account_vectors import account_documents, account_vectors
from mawj.identify.acts import acts, conversation
from mawj.identify.assessed import assessed
from mawj.identify.attention import attention, edges
from mawj.identify.authority import authority
from mawj.identify.cadence import account_languages, cadence
from mawj.identify.cited_posts import cited_posts
from mawj.identify.communities import communities
from mawj.identify.community_members import account_communities
from mawj.identify.directory import directory
from mawj.identify.doubt import doubt
from mawj.identify.engagement import engagement
from mawj.identify.freshness import freshness
from mawj.identify.growth import growth
from mawj.identify.influence import influence
from mawj.identify.influence_evidence import influence_evidence
from mawj.identify.influence_findings import influence_findings
from mawj.identify.kind_findings import kind_findings
from mawj.identify.kinds import kinds
from mawj.identify.klout_style import klout_style
from mawj.identify.kred_activity import kred_activity
from mawj.identify.kred_style import kred_style
from mawj.identify.people import people
from mawj.identify.post_counts import post_counts
from mawj.identify.post_response import post_response
from mawj.identify.reach import reach
from mawj.identify.search_terms import account_terms, search_terms
from mawj.identify.standing import peers, standing
from mawj.identify.tier_dispute import tier_effects, tier_engagement
from mawj.identify.tiers import tiers
from mawj.identify.topic_evidence import topic_evidence
from mawj.identify.topic_terms import topic_terms
from mawj.identify.topics import named_topics, post_topics

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: tuple[Callable[..., Any], ...] = (
    people, standing, peers, post_counts, post_response, reach, engagement, growth, cadence,
    account_languages, freshness,                             # what each shows, and when
    acts, conversation, doubt, attention, edges,              # who turns to whom
    post_topics, account_terms, named_topics, topics_by_others, topics_by_self, account_topics,
    topic_evidence, topic_terms, search_terms,                # on what
    authority, account_communities, communities,              # where each stands in the graph
    influence_findings, influence, influence_evidence,        # how much it moves, and why
    kind_findings, kinds, tiers, tier_engagement, tier_effects,
    klout_style, kred_activity, kred_style,
    cited_posts, directory, assessed,                         # what pages show of each
)  # fmt: skip

MEANING_STEPS: tuple[Callable[..., Any], ...] = (account_documents, account_vectors)
"""Only for `mawj run --meaning`: they need the semantic extra and a second for 80 accounts."""
