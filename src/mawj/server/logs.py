"""Logs as lines of JSON: one event a line, for people with `jq` and for collectors."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """A record as one line: at, level, from, said, and what went wrong."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            told["status"] = str(status)
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
