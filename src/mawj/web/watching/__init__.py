"""Watching a creator, and putting aside what one was told."""
