"""Bluesky / AT Protocol as a live source: `source` is what `SOURCES` names."""
