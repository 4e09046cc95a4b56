"""The addresses of all pages, by subject; each says who may use it."""

from __future__ import annotations

from importlib import import_module

SUBJECTS = (
    "joining",
    "start",
    "find",
    "creator",
    "vet",
    "brand",
    "lists",
    "plan",
    "team",
    "compare",
    "methods",
    "reply",
    "watching",
    "sources",
)
"""Each subject is a folder here with `addresses.py`."""

addresses = [
    address
    for subject in SUBJECTS
    for address in import_module(f"mawj.web.{subject}.addresses").addresses
]
