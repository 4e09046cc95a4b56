"""Creators side by side, and sizes side by side."""
