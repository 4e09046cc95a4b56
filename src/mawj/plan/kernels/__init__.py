"""Compiled loops of this stage: plain arrays in, plain arrays out."""
