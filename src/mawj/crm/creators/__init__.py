"""Shortlists of creators: stages, notes, tags, owners, reminders, and what was done when."""
