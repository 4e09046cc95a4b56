"""Feeds of blogs and podcasts as a live source: `source` is what `SOURCES` names."""
