"""Watching creators: a score that moved, a new finding, data that went stale."""
