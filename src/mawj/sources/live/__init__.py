"""Live sources: networks that are asked again and again. One line each in `SOURCES`.

Each network has a folder of its own. What a source is stands in `live.py`, how it is asked in
`polite.py` and `answers.py`; what becomes of its pages is `flow/syncing.py`.
"""

from __future__ import annotations

from mawj.sources.live.bluesky import source as bluesky
from mawj.sources.live.feeds import source as feeds
from mawj.sources.live.instagram import source as instagram
from mawj.sources.live.mastodon import source as mastodon
from mawj.sources.live.telegram import source as telegram
from mawj.sources.live.tiktok import research as tiktok_research
from mawj.sources.live.tiktok import source as tiktok
from mawj.sources.live.x import source as x
from mawj.sources.live.youtube import source as youtube

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
