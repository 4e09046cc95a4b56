"""Plans: briefs, what came of them, and the pages that go to a client."""
