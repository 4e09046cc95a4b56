"""Bytes as they lie on disk or come by the pipe, unfolded where they are compressed."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard

from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from mawj.sources.limits import ReadingLimits

GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"

REFUSED_MAGIC = (
    (b"BZh", "is compressed with bzip2", "unpack it first, or use gz or zst"),
    (b"\xfd7zXZ", "is compressed with xz", "unpack it first, or use gz or zst"),
    (b"7z\xbc\xaf", "is a 7z archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel file (.xls)", "save it as .xlsx or CSV"),
    (b"%PDF", "is a PDF", "export the table as CSV or XLSX"),
    (b"SQLite format 3", "is a SQLite database", "export its tables as CSV"),
)  # fmt: skip


class Bytes:
    """One file that can be read as often as needed; standard input is set aside on disk first.

    Attributes:
        name: as given by the person, without its folders; "stdin" for standard input.
        path: where the bytes lie.
        compression: "gz", "zst" or "".
        modified_at: when the file was last changed; None for standard input.
        head: the first unfolded bytes.
    """

    def __init__(self, path: str | Path, name: str | None, limits: ReadingLimits) -> None:
        self.limits = limits
        self._scratch: list[Path] = []
        self.modified_at: datetime | None = None
        if str(path) == "-":
            self.name = name or "stdin"
            self.path = self._set_aside(sys.stdin.buffer)
        else:
            self.path = Path(path)
            self.name = name or self.path.name
            self.modified_at = self._modified_at()
        magic = self._first(4)
        self.compression = {GZIP: "gz", ZSTANDARD[:2]: "zst"}.get(magic[:2], "")
        if self.compression == "zst" and magic != ZSTANDARD:
            self.compression = ""
        try:
            with self.open() as stream:
                self.head = stream.read(limits.head_bytes)
            self._refuse_what_is_no_table()
        except SourceRefused:
            self.close()
            raise

    def open(self) -> BinaryIO:
        """The unfolded bytes from the start.

        Raises:
            SourceRefused: while reading, when the file is damaged or unfolds too far.
        """
        raw = self.path.open("rb")
        if not self.compression:
            return raw
        return cast("BinaryIO", io.BufferedReader(_Unfolding(raw, self), 1 << 18))

    def open_as_it_came(self) -> BinaryIO:
        """The bytes as they lie, still compressed: what a digest is made of."""
        return self.path.open("rb")

    def seekable_path(self) -> Path:
        """A path to the unfolded bytes, for formats that are read from their end."""
        if not self.compression:
            return self.path
        with self.open() as stream:
            return self._set_aside(stream)

    def close(self) -> None:
        """Remove what was set aside."""
        for path in self._scratch:
            path.unlink(missing_ok=True)
        self._scratch.clear()

    def _first(self, n: int) -> bytes:
        with self.path.open("rb") as stream:
            return stream.read(n)

    def _modified_at(self) -> datetime:
        try:
            if self.path.is_dir():
                raise SourceRefused(f"{self.name}: is a folder; name the files in it")
            modified = self.path.stat().st_mtime
        except OSError as error:
            raise SourceRefused(
                f"{self.name}: cannot be opened ({error.strerror}); check the path and rights"
            ) from error
        return datetime.fromtimestamp(modified, UTC)

    def _set_aside(self, stream: BinaryIO) -> Path:
        with tempfile.NamedTemporaryFile(prefix="mawj-", delete=False) as scratch:
            path = Path(scratch.name)
            self._scratch.append(path)
            shutil.copyfileobj(stream, scratch, 1 << 20)
        return path

    def _refuse_what_is_no_table(self) -> None:
        if not self.head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
            raise SourceRefused(f"{self.name}: is empty; nothing was loaded")
        if self.head[:2] == GZIP or self.head[:4] == ZSTANDARD:
            raise SourceRefused(f"{self.name}: is compressed twice; unpack it once")
        for magic, what, remedy in REFUSED_MAGIC:
            if self.head.startswith(magic):
                raise SourceRefused(f"{self.name}: {what}; {remedy}")


class _Unfolding(io.RawIOBase):
    """A decompressed stream that stops at damage and at bombs."""

    def __init__(self, raw: BinaryIO, owner: Bytes) -> None:
        self._raw, self._owner, self._out = raw, owner, 0
        self._stream: BinaryIO = (
            cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))
            if owner.compression == "gz"
            else cast(
                "BinaryIO",
                zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True),
            )
        )

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with unfolded bytes."""
        try:
            piece = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
            raise SourceRefused(
                f"{self._owner.name}: the {self._owner.compression} file is cut off or damaged "
                f"after {self._out:,} unfolded bytes ({error}); get it again"
            ) from error
        buffer[: len(piece)] = piece
        self._out += len(piece)
        self._check()
        return len(piece)

    def _check(self) -> None:
        limits = self._owner.limits
        ratio = self._out / max(1, self._raw.tell())
        too_steep = self._out >= limits.ratio_from_bytes and ratio > limits.ratio
        if too_steep or self._out > limits.decompressed_bytes:
            raise SourceRefused(
                f"{self._owner.name}: unfolds to {self._out:,} bytes and more, {ratio:,.0f} "
                "times its size, which looks like a decompression bomb; unpack it yourself, "
                "look at it, and load the unpacked file"
            )

    def close(self) -> None:
        """Close both streams."""
        if not self.closed:
            self._stream.close()
            self._raw.close()
        super().close()
