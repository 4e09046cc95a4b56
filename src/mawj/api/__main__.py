"""Write the schema that is checked in: `python -m mawj.api`."""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mawj.server.settings")
FILE = Path(__file__).parent / "openapi.json"


def schema_text() -> str:
    """The schema as it is checked in."""
    import django  # noqa: PLC0415  (the settings are named first)

    django.setup()
    from mawj.api.rest import openapi  # noqa: PLC0415  (needs Django set up)

    return json.dumps(openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
