"""Which letters the bytes of a file stand for."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from mawj.sources.opening import Bytes

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

WIDE_ZEROS_SHARE = 0.2
"""ASCII signs in UTF-16 leave every second byte zero; tables have enough of them."""

CONTROL_SHARE = 0.01
"""A table holds next to no control characters; executables and pictures are full of them."""

ARABIC_RUN_SHARE = 0.6
"""In windows-1256 whole words are high bytes; in Latin-1 accents mostly stand alone."""

_CONTROLS = bytes(set(range(32)) - {9, 10, 13, 12, 27} | {127})
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\u064b-\u0652]")


def encoding_of(file: Bytes) -> str:
    """The Python name of the encoding of a text file.

    A byte order mark decides; then UTF-16 by its zero bytes; then valid UTF-8; otherwise
    windows-1256 where high bytes stand in runs that spell Arabic letters, and windows-1252
    (Latin-1 with the marks that Windows adds) where they do not.

    Raises:
        SourceRefused: when the bytes are not text.
    """
    for mark, name in BOMS:
        if file.head.startswith(mark):
            return name
    wide = _utf16_by_zeros(file.head)
    if wide:
        return wide
    if len(file.head.translate(None, _CONTROLS)) < len(file.head) * (1 - CONTROL_SHARE):
        raise SourceRefused(
            f"{file.name}: is neither text nor a format Mawj knows; give it as CSV, TSV, JSON, "
            "JSON lines, Parquet or XLSX"
        )
    return _of_bytes(_telling_piece(file))


def _utf16_by_zeros(head: bytes) -> str | None:
    even, odd = head[0::2], head[1::2]
    if not even or not odd:
        return None
    if odd.count(0) > len(odd) * WIDE_ZEROS_SHARE and odd.count(0) > 4 * even.count(0):
        return "utf-16-le"
    if even.count(0) > len(even) * WIDE_ZEROS_SHARE and even.count(0) > 4 * odd.count(0):
        return "utf-16-be"
    return None


def _telling_piece(file: Bytes) -> bytes:
    """The head, or where it is all ASCII the first later piece that is not."""
    if not file.head.isascii():
        return file.head
    with file.open() as stream:
        while piece := stream.read(1 << 20):
            if not piece.isascii():
                start = next(i for i, byte in enumerate(piece) if byte > 127)
                return piece[start:]
    return file.head


def _of_bytes(piece: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(piece)
    except UnicodeDecodeError:
        return _one_byte_encoding(piece)
    return "utf-8"


def _one_byte_encoding(piece: bytes) -> str:
    runs = _HIGH_RUN.findall(piece)
    n_high = sum(map(len, runs))
    in_words = sum(len(run) for run in runs if len(run) > 1)
    arabic = len(_ARABIC.findall(b"".join(runs).decode("windows-1256")))
    if in_words > ARABIC_RUN_SHARE * n_high and arabic > ARABIC_RUN_SHARE * n_high:
        return "windows-1256"
    try:
        piece.decode("windows-1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "windows-1252"
