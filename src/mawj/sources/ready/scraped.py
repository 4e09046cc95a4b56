"""What data sets of scrapers have in common: on what footing they may be loaded."""

from __future__ import annotations

FOOTING = (
    "this data set was collected by a scraper outside Mawj. Most platforms' terms forbid "
    "automated collection, and data protection law asks whoever keeps personal data for a "
    "legal basis (GDPR article 6; Saudi PDPL article 6): load it only if you have one. Its "
    "rows carry the source 'apify:…', so that they can be found and erased"
)


def not_hidden(found: float | None) -> float | None:
    """A count; scrapers write -1 where the account hides it."""
    return None if found is None or found < 0 else found
