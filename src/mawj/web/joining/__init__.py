"""How people come in: the first start, invitations, and what they read in."""
