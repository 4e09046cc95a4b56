"""Secrets of private links and tokens: shown once, stored as a digest.

A secret of 32 random bytes needs no slow hash: there is nothing to guess (RFC 6819, 5.1.4.2.2).
"""

from __future__ import annotations

import hashlib
import secrets

N_BYTES = 32


def new_secret(beginning: str = "") -> str:
    """A secret that nobody can guess, with a beginning that tells what it is for."""
    return beginning + secrets.token_urlsafe(N_BYTES)


def digest_of(secret: str) -> str:
    """What is stored of a secret: the SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
