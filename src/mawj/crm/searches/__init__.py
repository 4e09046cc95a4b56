"""Searches that are kept by name, for oneself or for all who work here."""
