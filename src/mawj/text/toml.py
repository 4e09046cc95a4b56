"""Values as TOML writes them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any


def toml_value(value: Any) -> str:
    """A text, number, yes or no, day or time, list or table on one line of TOML."""
    if isinstance(value, dict):
        parts = ", ".join(f"{key} = {toml_value(part)}" for key, part in value.items())
        return f"{{ {parts} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, date | datetime):
        return value.isoformat()
    # JSON's escapes are all among those of a basic string, but it leaves DEL bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
