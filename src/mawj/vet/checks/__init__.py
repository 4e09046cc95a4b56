"""The checks, one file each; order is display order.

A check is a function of the tables it names, with the name of its file. It gives few columns
(see `mawj.vet.check_rows`); beside it stand CHECK (what is the same in every row), NAME and
TEXT (the sentence that is filled in) in three languages, ABOUT in Arabic and Persian (what the
docstring says in English), and, where something can be shown, `evidence`, with EVIDENCE_UNIT
where its amounts mean something to a reader, and QUOTE_WORDS where the check itself words the
quotes. To add one: its file, one word here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.vet.checks.ads_off_topic import ads_off_topic
from mawj.vet.checks.audience_agreed_before import audience_agreed_before
from mawj.vet.checks.audience_language import audience_language
from mawj.vet.checks.audience_place import audience_place
from mawj.vet.checks.audience_polarised import audience_polarised
from mawj.vet.checks.buyer_testimonials import buyer_testimonials
from mawj.vet.checks.comment_rings import comment_rings
from mawj.vet.checks.competitors_served import competitors_served
from mawj.vet.checks.copied_posts import copied_posts
from mawj.vet.checks.crowded_ads import crowded_ads
from mawj.vet.checks.detectors_disagree import detectors_disagree
from mawj.vet.checks.disclosure_rules import disclosure_rules
from mawj.vet.checks.doubting_comments import doubting_comments
from mawj.vet.checks.engagement_above_peers import engagement_above_peers
from mawj.vet.checks.engagement_below_peers import engagement_below_peers
from mawj.vet.checks.even_engagement import even_engagement
from mawj.vet.checks.fake_followers import fake_followers
from mawj.vet.checks.family_unfit_posts import family_unfit_posts
from mawj.vet.checks.follow_loops import follow_loops
from mawj.vet.checks.followers_lost_again import followers_lost_again
from mawj.vet.checks.foreign_comments import foreign_comments
from mawj.vet.checks.gambling_posts import gambling_posts
from mawj.vet.checks.generic_comments import generic_comments
from mawj.vet.checks.giveaway_growth import giveaway_growth
from mawj.vet.checks.growth_without_posts import growth_without_posts
from mawj.vet.checks.hateful_posts import hateful_posts
from mawj.vet.checks.hostile_comments import hostile_comments
from mawj.vet.checks.inactive_followers import inactive_followers
from mawj.vet.checks.likes_above_views import likes_above_views
from mawj.vet.checks.likes_per_comment import likes_per_comment
from mawj.vet.checks.little_attachment import little_attachment
from mawj.vet.checks.machine_rhythm import machine_rhythm
from mawj.vet.checks.mass_following_followers import mass_following_followers
from mawj.vet.checks.noise_comments import noise_comments
from mawj.vet.checks.offensive_posts import offensive_posts
from mawj.vet.checks.one_sided_reviews import one_sided_reviews
from mawj.vet.checks.own_values_conflict import own_values_conflict
from mawj.vet.checks.paid_against_said import paid_against_said
from mawj.vet.checks.paid_response import paid_response
from mawj.vet.checks.political_accusations import political_accusations
from mawj.vet.checks.political_exposure import political_exposure
from mawj.vet.checks.political_posts import political_posts
from mawj.vet.checks.promoted_image import promoted_image
from mawj.vet.checks.red_line_words import red_line_words
from mawj.vet.checks.religion_offending_posts import religion_offending_posts
from mawj.vet.checks.repeated_claims import repeated_claims
from mawj.vet.checks.repeated_comments import repeated_comments
from mawj.vet.checks.repeated_posts import repeated_posts
from mawj.vet.checks.sexual_posts import sexual_posts
from mawj.vet.checks.sponsored_share import sponsored_share
from mawj.vet.checks.stated_values_drift import stated_values_drift
from mawj.vet.checks.style_change import style_change
from mawj.vet.checks.substance_posts import substance_posts
from mawj.vet.checks.sudden_followers import sudden_followers
from mawj.vet.checks.undisclosed_ads import undisclosed_ads
from mawj.vet.checks.violent_posts import violent_posts

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKS: tuple[Callable[..., Any], ...] = (
    sudden_followers, followers_lost_again, growth_without_posts,                      # growth
    engagement_below_peers, engagement_above_peers, likes_per_comment, even_engagement,
    likes_above_views, comment_rings,                                              # engagement
    fake_followers, detectors_disagree, mass_following_followers, inactive_followers,
    audience_language, audience_place,                                               # audience
    little_attachment, doubting_comments, hostile_comments, generic_comments, noise_comments,
    giveaway_growth, follow_loops, repeated_comments, foreign_comments,                  # bond
    style_change, copied_posts, repeated_posts, machine_rhythm,                       # content
    undisclosed_ads, sponsored_share, crowded_ads, ads_off_topic, stated_values_drift,
    paid_response, one_sided_reviews, buyer_testimonials, disclosure_rules,       # advertising
    competitors_served,
    offensive_posts, hateful_posts, violent_posts, sexual_posts, substance_posts, gambling_posts,
    religion_offending_posts, family_unfit_posts, political_posts, red_line_words,
    own_values_conflict,                                                           # red lines
    political_exposure, political_accusations, paid_against_said, repeated_claims,
    audience_agreed_before, promoted_image, audience_polarised,         # politics and claims
)  # fmt: skip
