"""The secret that keeps erased persons out, as every door that opens a lake needs it."""

from __future__ import annotations

import os
from pathlib import Path

from mawj.tables.errors import SettingsError

LEAST_KEY = 16


def erasure_key() -> bytes | None:
    """The secret from MAWJ_ERASURE_KEY or its _FILE; None where neither is set.

    Raises:
        SettingsError: when it is too short to keep a secret.
    """
    file = os.environ.get("MAWJ_ERASURE_KEY_FILE")
    key = Path(file).read_text("utf-8").strip() if file else os.environ.get("MAWJ_ERASURE_KEY")
    if key is None:
        return None
    if len(key) < LEAST_KEY:
        raise SettingsError(f"MAWJ_ERASURE_KEY must have at least {LEAST_KEY} characters")
    return key.encode()
