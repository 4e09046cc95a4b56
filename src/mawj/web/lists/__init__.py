"""Shortlists: stages, notes, tags, owners, reminders, history; in and out as files."""
