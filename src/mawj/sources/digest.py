"""The name of a load: the same content read in the same way is the same load."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO


def load_id_of(content: BinaryIO, mapping: str, options: Mapping[str, Any]) -> str:
    """SHA-256 of a file's bytes, its mapping (as JSON) and the options that change rows.

    The stream is read in pieces; memory stays small whatever its length.
    """
    digest = hashlib.sha256()
    while piece := content.read(1 << 20):
        digest.update(piece)
    told = json.dumps(dict(options), sort_keys=True, ensure_ascii=False, default=str)
    for part in (mapping, told):
        digest.update(b"\x00" + part.encode())
    return digest.hexdigest()
