"""Made-up worlds with a known truth, for tests, demo and docs.

Start at `world` (what a world is, and the presets). Nothing in here is taken from real people,
brands or data; all texts were written for it.
"""
