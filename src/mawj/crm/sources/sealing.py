"""Keys at rest: sealed with AES-256-GCM under a secret that is kept outside the database.

The secret is MAWJ_SOURCE_KEY, or the lines of a file, the newest first: the first seals, any
opens. What is sealed says which of them it was, is bound to the place it was sealed for, and
opens nowhere else. The key of the cipher comes from the secret by HKDF-SHA256 (RFC 5869), which
suits random secrets; one that a person thought of is refused where it is short.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mawj.crm.members.secrets import new_secret, secret_in
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_SIGNS = 32
N_KEY, N_NAME, N_NONCE = 32, 4, 12
PURPOSE = b"mawj: keys of live sources"


@dataclass(frozen=True)
class _Key:
    """One key of the cipher, and the few bytes by which what it sealed names it."""

    name: bytes
    cipher: AESGCM


def seal(plain: Mapping[str, str], place: str) -> str:
    """The keys `plain`, sealed for `place` with the newest secret, which is made if absent.

    Raises:
        SettingsError: the secret is too short or cannot be read.
    """
    if not _secrets():
        secret_in(Path(settings.SOURCE_KEY_FILE))
    key, nonce = _keys()[0], secrets.token_bytes(N_NONCE)
    content = json.dumps(dict(plain)).encode()
    sealed = key.cipher.encrypt(nonce, content, place.encode())
    return base64.b64encode(key.name + nonce + sealed).decode()


def unseal(sealed: str, place: str) -> dict[str, str]:
    """What was sealed for `place`.

    Raises:
        SettingsError: none of the secrets opens it.
    """
    raw = base64.b64decode(sealed)
    name, nonce, content = raw[:N_NAME], raw[N_NAME : N_NAME + N_NONCE], raw[N_NAME + N_NONCE :]
    for key in _keys():
        if key.name == name:
            try:
                plain = key.cipher.decrypt(nonce, content, place.encode())
            except InvalidTag:
                continue
            found: dict[str, str] = json.loads(plain)
            return found
    raise SettingsError(
        "the keys of this source cannot be opened with MAWJ_SOURCE_KEY or its file: put the "
        "secret back with which they were sealed, or connect the source again"
    )


def new_key_first() -> None:
    """Put a new secret before those of the file, so that it seals from now on."""
    _write([new_secret(), *_secrets()])


def only_newest() -> None:
    """Forget the older secrets of the file."""
    _write(_secrets()[:1])


def is_in_environment() -> bool:
    """Whether the secret is a variable of the environment and no file."""
    return bool(settings.SOURCE_KEY)


def _keys() -> list[_Key]:
    return [_key(secret) for secret in _secrets()]


def _secrets() -> Sequence[str]:
    if settings.SOURCE_KEY:
        found = settings.SOURCE_KEY.split()
    else:
        try:
            found = Path(settings.SOURCE_KEY_FILE).read_text("utf-8").split()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise SettingsError(f"{settings.SOURCE_KEY_FILE}: {error.strerror}") from None
    if any(len(one) < LEAST_SIGNS for one in found):
        raise SettingsError(
            f"MAWJ_SOURCE_KEY must have at least {LEAST_SIGNS} random characters"
        )
    return found


def _key(secret: str) -> _Key:
    made = HKDF(SHA256(), length=N_KEY, salt=None, info=PURPOSE).derive(secret.encode())
    return _Key(hashlib.sha256(PURPOSE + made).digest()[:N_NAME], AESGCM(made))


def _write(found: Sequence[str]) -> None:
    file = Path(settings.SOURCE_KEY_FILE)
    beside = file.with_name(f".{file.name}-{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as told:
        told.write("".join(f"{one}\n" for one in found))
        told.flush()
        os.fsync(told.fileno())
    beside.replace(file)
