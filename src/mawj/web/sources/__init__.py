"""The sources: what is asked of which network, how fresh it is, what failed."""
