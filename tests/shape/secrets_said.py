"""Refuses what looks like a key or a password: `python secrets_said.py FILE…`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LOOKS_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\b(?:api_?key|secret|token|password)\s*[=:]\s*['\"][A-Za-z0-9_/+=-]{24,}['\"]",
    re.IGNORECASE,
)


def secrets_in(text: str) -> list[str]:
    """The pieces of `text` that look like secrets."""
    return [found.group(0)[:24] for found in LOOKS_SECRET.finditer(text)]


if __name__ == "__main__":
    bad = {
        name: found
        for name in sys.argv[1:]
        if (found := secrets_in(Path(name).read_text(encoding="utf-8", errors="replace")))
    }
    sys.stderr.writelines(f"{name}: looks secret: {found}\n" for name, found in bad.items())
    raise SystemExit(bool(bad))
