"""Bringing data in and computing: files that wait, and jobs that load, compute, make up."""
