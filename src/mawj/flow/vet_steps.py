"""The table of contents of vetting: what is looked at, then the checks.

A new table is its function and one word here; a new check is its file and one word in
`mawj.vet.checks`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from mawj.vet.ad_counts import ad_counts
from mawj.vet.audience_makeup import audience_makeup
from mawj.vet.audience_sides import audience_posts, audience_sides
from mawj.vet.audience_ties import audience_actors, audience_ties
from mawj.vet.brand_contradictions import brand_contradictions
from mawj.vet.brand_history import brand_history
from mawj.vet.checks import CHECKS
from mawj.vet.claim_candidates import claim_candidates, claim_sample
from mawj.vet.claim_matches import claim_matches
from mawj.vet.claim_terms import claim_terms, claim_weights
from mawj.vet.comment_readings import comment_readings
from mawj.vet.comment_sample import comment_sample
from mawj.vet.comment_tones import comment_tones
from mawj.vet.follower_company import follower_company
from mawj.vet.follower_faces import follower_faces, follower_population
from mawj.vet.follower_jumps import follower_jumps
from mawj.vet.follower_panel import follower_panel, follower_shares
from mawj.vet.follower_sample import follower_sample
from mawj.vet.follower_steps import follower_steps
from mawj.vet.follower_words import follower_words
from mawj.vet.growth_tides import growth_tides
from mawj.vet.jump_causes import jump_causes
from mawj.vet.jump_posts import jump_posts
from mawj.vet.jump_talk import jump_talk
from mawj.vet.paid_counts import paid_counts
from mawj.vet.paid_texts import paid_texts
from mawj.vet.political_signs import political_signs
from mawj.vet.post_copies import post_copies
from mawj.vet.post_offers import post_offers
from mawj.vet.post_spread import post_spread
from mawj.vet.promoted_comments import promoted_comments
from mawj.vet.read_posts import read_posts
from mawj.vet.ring_comments import ring_comments
from mawj.vet.ring_members import ring_members
from mawj.vet.ring_visits import ring_authors, ring_delays, ring_visits
from mawj.vet.sensitive_posts import sensitive_posts
from mawj.vet.sponsored_posts import sponsored_posts
from mawj.vet.stated_values import stated_values
from mawj.vet.style_changes import style_changes, writing_style
from mawj.vet.vet_comments import vet_comments
from mawj.vet.vet_posts import vet_posts
from mawj.vet.vet_scores import vet_scores

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE_STEPS: tuple[Callable[..., Any], ...] = (
    ring_authors, ring_visits, ring_delays, ring_members,     # who comments together
)  # fmt: skip
"""Made once for all accounts that are asked for: they look beyond any batch of them."""

VET_STEPS: tuple[Callable[..., Any], ...] = (
    vet_posts, vet_comments, post_spread,                     # what is looked at
    growth_tides, follower_steps, follower_jumps,             # how followers moved
    jump_posts, jump_talk, jump_causes,                       # and what may explain it
    ring_comments,                                            # what rings of commenters wrote
    follower_sample, follower_faces, follower_population, follower_words, follower_company,
    follower_panel, follower_shares, audience_makeup,         # who follows
    comment_sample, comment_readings, comment_tones, post_offers,        # what is said to them
    style_changes, writing_style, post_copies,                # how they write
    sponsored_posts, ad_counts, paid_texts, paid_counts,      # advertising
    stated_values, brand_history,
    read_posts, sensitive_posts, brand_contradictions,        # red lines of a brand
    political_signs, promoted_comments,                       # politics and claims
    claim_terms, claim_weights, claim_candidates, claim_sample, claim_matches,
    audience_actors, audience_ties, audience_posts, audience_sides,
)  # fmt: skip


def part_of(check: Callable[..., Any], name: str) -> Any:
    """What stands beside a check in its file: CHECK, NAME, TEXT, ABOUT; None where absent."""
    return vars(sys.modules[check.__module__]).get(name)


def every_vet_step() -> tuple[Callable[..., Any], ...]:
    """Every function of vetting that may ask for settings."""
    evidence = [found for check in CHECKS if (found := part_of(check, "evidence"))]
    return (*WHOLE_STEPS, *VET_STEPS, *CHECKS, *evidence, vet_scores)
