"""One creator: who it is, what it moves and why, and whether it can be trusted."""
