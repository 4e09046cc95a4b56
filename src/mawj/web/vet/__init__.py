"""Vetting a list at once, and how a vetted account is shown."""
