"""Mastodon and what speaks its interface as a live source: `source` is what `SOURCES` names."""
