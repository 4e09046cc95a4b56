"""Telegram channels as a live source: `source` is what `SOURCES` names."""
