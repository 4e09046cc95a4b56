"""Live sources: networks that are asked again and again. One line each in `SOURCES`.

What a source is stands in `live.py`, how it is asked in `polite.py` and `answers.py`; what
becomes of its pages is `flow/syncing.py`.
"""

from __future__ import annotations

from mawj.sources.live import (
    bluesky,
    feeds,
    instagram,
    mastodon,
    telegram,
    tiktok,
    tiktok_research,
    x,
    youtube,
)

SOURCES = {
    source.name: source
    for source in (
        bluesky.SOURCE,
        mastodon.SOURCE,
        youtube.SOURCE,
        x.SOURCE,
        instagram.SOURCE,
        tiktok.SOURCE,
        tiktok_research.SOURCE,
        feeds.BLOG,
        feeds.PODCAST,
        telegram.SOURCE,
    )
}
