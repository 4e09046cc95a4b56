"""The right of reply: what those who are scored see and say, and how the team answers."""
