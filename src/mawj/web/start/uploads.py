"""How files come in: to the disk in pieces, and no further than the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

if TYPE_CHECKING:
    from django.http import QueryDict

MB = 2**20


class BoundedUpload(TemporaryFileUploadHandler):
    """Refuses a request that says it is too large, and one that turns out to be."""

    def handle_raw_input(self, *told: Any, **named: Any) -> tuple[QueryDict, Any] | None:
        """Look at the length that the request says before anything of it is read."""
        self.n_bytes = 0
        self._check(int(told[2]))
        return super().handle_raw_input(*told, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One more piece of a file."""
        self.n_bytes += len(raw_data)
        self._check(self.n_bytes)
        super().receive_data_chunk(raw_data, start)

    @staticmethod
    def _check(n_bytes: int) -> None:
        if n_bytes > settings.UPLOAD_MOST_MB * MB:
            raise RequestDataTooBig(f"more than {settings.UPLOAD_MOST_MB} MB")
