"""What the pages of a Parquet file unfold to, by their own headers.

The footer tells sizes too, but whoever makes a file writes what they like there: Arrow takes
room for a page by the page's header (Apache Parquet, "Data Pages"; Apache Thrift, "Compact
protocol"), so that the headers are what counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from mmap import mmap

UNFOLDED, FOLDED = 2, 3
"""Fields of a page's header: bytes before and after compression."""
STOP, TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 12
NUMBERS = (4, 5, 6)
MOST_NESTED = 8
"""Structs within one another in a header; the format has three."""


class _Header:
    """Reads the header of one page from `at` on."""

    def __init__(self, file: mmap, at: int) -> None:
        self.file, self.at = file, at

    def sizes(self) -> dict[int, int]:
        """Its fields that are numbers."""
        return self._struct(0)

    def _struct(self, depth: int) -> dict[int, int]:
        if depth > MOST_NESTED:
            raise ValueError("structs within structs")
        found, name = {}, 0
        while (byte := self._byte()) & 15 != STOP:
            step, kind = byte >> 4, byte & 15
            name = name + step if step else self._number()
            value = self._value(kind, depth)
            if value is not None:
                found[name] = value
        return found

    def _value(self, kind: int, depth: int) -> int | None:
        """A number; whatever else stands there is passed over."""
        if kind in NUMBERS:
            return self._number()
        if kind == STRUCT:
            self._struct(depth + 1)
        elif kind == BINARY:
            # Not `self.at += self._count()`: that adds to where it stood before the count.
            n_bytes = self._count()
            self.at += n_bytes
        elif kind in (LIST, SET):
            self._list(depth)
        elif kind in (BYTE, DOUBLE):
            self.at += 1 if kind == BYTE else 8
        elif kind not in (TRUE, FALSE):
            raise ValueError(f"no type {kind}")
        return None

    def _list(self, depth: int) -> None:
        byte = self._byte()
        n = byte >> 4 if byte >> 4 < 15 else self._count()
        for _ in range(n):
            self._value(BYTE if byte & 15 in (TRUE, FALSE) else byte & 15, depth + 1)

    def _byte(self) -> int:
        self.at += 1
        return self.file[self.at - 1]

    def _count(self) -> int:
        found = shift = 0
        while shift < 70:
            byte = self._byte()
            found |= (byte & 127) << shift
            if byte < 128:
                return found
            shift += 7
        raise ValueError("no end of a number")

    def _number(self) -> int:
        count = self._count()
        return (count >> 1) ^ -(count & 1)


def unfolded_bytes(name: str, file: mmap, chunk: Any) -> int:
    """Bytes that the pages of a column of a row group take once unfolded.

    Raises:
        SourceRefused: when a header is no header.
    """
    at, whole = _first_page(chunk), 0
    end = at + int(chunk.total_compressed_size)
    try:
        while at < min(end, len(file)):
            header = _Header(file, at)
            sizes = header.sizes()
            if min(sizes[UNFOLDED], sizes[FOLDED]) < 0:
                raise ValueError("a size below 0")
            whole += sizes[UNFOLDED]
            at = header.at + sizes[FOLDED]
    except (IndexError, KeyError, ValueError) as error:
        raise SourceRefused(
            f"{name}: the Parquet file is damaged: a page at byte {at:,} has no header that "
            "can be read; write it again"
        ) from error
    return whole


def _first_page(chunk: Any) -> int:
    """Where the pages of a chunk begin: the dictionary comes before the data."""
    first, dictionary = int(chunk.data_page_offset), chunk.dictionary_page_offset
    return min(first, int(dictionary)) if dictionary else first
