"""People, the workspaces that keep their work apart, and what each may do there."""
