"""Mawj: influence found, vetted, planned and proved, with every number explained."""

__version__ = "0.1.0"
