"""Who belongs to a workspace, their tokens, and the trail of what was done."""
