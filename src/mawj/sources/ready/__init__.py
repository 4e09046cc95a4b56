"""Ready mappings: files that are known by their content. One file each, one line in `READY`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.sources.ready import (
    apify_instagram,
    apify_tiktok,
    apify_youtube,
    bluesky,
    claim_review,
    creatoriq,
    google_analytics,
    hypeauditor,
    influencers_club,
    instagram_graph,
    modash,
    order_table,
    own_tables,
    quotes,
    results,
    salla_orders,
    saudi_tiktok,
    shopify_orders,
    telegram,
    top_instagram_200,
    top_instagram_2022,
    top_tiktok_2022,
    top_youtube_2022,
    traackr,
    tracking_tags,
    woocommerce_orders,
    x_api_v1,
    x_api_v2,
    youtube,
    zid_orders,
)

if TYPE_CHECKING:
    from mawj.sources.mapping import Mapping
    from mawj.sources.raw import RawFile
    from mawj.sources.ready.ready import RecordMapping

OF_SHOPS = (
    google_analytics.READY,
    shopify_orders.READY,
    woocommerce_orders.READY,
    salla_orders.READY,
    zid_orders.READY,
    tracking_tags.READY,
    order_table.READY,
)
"""What `mawj results` reads beside results: visits, orders, and whose code is whose."""

READY = (
    x_api_v2.READY,
    x_api_v1.READY,
    bluesky.READY,
    youtube.READY,
    instagram_graph.READY,
    claim_review.READY,
    quotes.READY,
    own_tables.READY,
    top_instagram_2022.READY,
    top_tiktok_2022.READY,
    top_youtube_2022.READY,
    top_instagram_200.READY,
    saudi_tiktok.READY,
    modash.READY,
    hypeauditor.READY,
    influencers_club.READY,
    traackr.READY,
    creatoriq.READY,
    apify_instagram.READY,
    telegram.READY,
    apify_tiktok.READY,
    apify_youtube.READY,
    *OF_SHOPS,
)

READY_FOR = {
    "fact_checks": claim_review.READY, "quotes": quotes.READY, "results": results.READY,
}  # fmt: skip
"""What a row may be said to be where only a ready mapping can read it."""


def ready_mapping(raw: RawFile) -> Mapping | RecordMapping | None:
    """The ready mapping that knows the file, or None."""
    known = next((one for one in READY if one.detect(raw)), None)
    return known.mapping(raw) if known else None
