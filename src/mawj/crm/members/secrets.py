"""Secrets of private links and tokens: shown once, stored as a digest.

A secret of 32 random bytes needs no slow hash: there is nothing to guess (RFC 6819, 5.1.4.2.2).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

N_BYTES = 32


def new_secret(beginning: str = "") -> str:
    """A secret that nobody can guess, with a beginning that tells what it is for."""
    return beginning + secrets.token_urlsafe(N_BYTES)


def digest_of(secret: str) -> str:
    """What is stored of a secret: the SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_in(file: Path) -> str:
    """The secret that a file holds; made if absent, readable by its owner only."""
    if not file.exists():
        unfinished = file.with_name(f".{file.name}-{os.getpid()}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
            opened.write(new_secret())
        try:
            os.link(unfinished, file)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return file.read_text("utf-8").strip()
