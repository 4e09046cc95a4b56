"""Every package that a user of Mawj installs has a licence that goes with Apache-2.0."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSED = re.compile(
    r"(?<!L)GPL|AGPL|GNU (Affero )?General|SSPL|Commons Clause|Non-?Commercial", re.I
)

CHOSEN = {"pyphen": "Mozilla Public License 1.1"}
"""Packages offered under several licences at the user's choice, and the one that we take."""


def locked(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)


def licence(package: str) -> str:
    found = metadata(package)
    classifiers = [c for c in found.get_all("Classifier") or [] if c.startswith("License")]
    said = found.get("License-Expression") or ""
    short = (found.get("License") or "").splitlines()[:1]
    told = " | ".join([said, *short, *classifiers])
    return told if told.strip(" |") else licence_file(package)


def licence_file(package: str) -> str:
    """The text of the licence that a package carries, where its metadata name none."""
    files = [f for f in distribution(package).files or [] if "licen" in f.name.lower()]
    return "\n".join(file.read_text() for file in files)


@pytest.mark.parametrize("package", sorted(set(locked("requirements.lock"))))
def test_what_we_ship_stands_under_a_permissive_licence(package: str) -> None:
    try:
        told = licence(package)
    except PackageNotFoundError:
        pytest.skip(f"{package} is locked for another kind of machine")
    assert told.strip(" |"), f"{package} states no licence"
    if package in CHOSEN:
        assert CHOSEN[package] in told, "the licence that we chose is offered no more"
        return
    # "LGPL" alone may be used as an unmodified library; GPL may not ship.
    assert not REFUSED.search(told.replace("LGPL", "")), told


def test_locks_name_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock.name


def test_every_locked_package_has_hashes() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\n((?:    --hash=[^\n]+\n?)*)", text, re.M)
        assert pinned, lock.name
        assert all(pinned), lock.name
