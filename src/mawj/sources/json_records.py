"""JSON lines and JSON documents, one record at a time, never the whole file in memory."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any

from mawj.sources.encoding import encoding_of
from mawj.sources.raw import RawBatch, Record, Rejection, dumps
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mawj.sources.limits import ReadingLimits
    from mawj.sources.opening import Bytes

PIECE = 1 << 18
BLANKS = " \t\r\n\ufeff"


def looks_like_json(file: Bytes) -> str:
    """Either "jsonl", "json", or "" when the file does not begin like JSON."""
    if file.head[:4].count(0):
        return ""
    head = file.head.removeprefix(codecs.BOM_UTF8).lstrip()
    if head[:1] == b"[":
        return "json" if head[1:].lstrip()[:1] in {b"{", b"["} else ""
    if head[:1] != b"{" or head[1:].lstrip()[:1] not in {b'"', b"}"}:
        return ""
    line = head.split(b"\n", 1)[0]
    try:
        json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return "json" if not line.rstrip().endswith(b"}") else "jsonl"
    return "jsonl"


def read_json(file: Bytes, kind: str, limits: ReadingLimits, n_rows: int) -> Iterator[RawBatch]:
    """The records in batches.

    JSON lines: a line that is not a JSON object is rejected and reading goes on. A document:
    the members of a top-level array, or several top-level values one after the other; a
    document that breaks off cannot be taken up again and is refused from there. An object
    whose only list of objects is the table (`{"data": […]}`) stays one record; a mapping names
    the list.

    Raises:
        SourceRefused: at a record larger than the limit, and where a document breaks off.
    """
    encoding = encoding_of(file)
    if kind == "jsonl":
        found: Iterable[Any] = _lines(file, encoding, limits)
    else:
        found = _Document(file, encoding, limits)
    batch = _Batch()
    for number, value in enumerate(found, 1):
        batch.add(number, value)
        if number % n_rows == 0:
            yield batch.finish()
            batch = _Batch()
    if batch.numbers or batch.rejections:
        yield batch.finish()


class _Unreadable:
    """A piece of a file that is not JSON, with the reason."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason, self.text = reason, text


class _Batch:
    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.records: list[Record] = []
        self.rejections: list[Rejection] = []

    def add(self, number: int, value: Any) -> None:
        if isinstance(value, dict):
            self.numbers.append(number)
            self.records.append(value)
        elif isinstance(value, _Unreadable):
            self.rejections.append(Rejection(number, "", value.reason, dumps(value.text)))
        else:
            reason = "is not a JSON object with named fields"
            self.rejections.append(Rejection(number, "", reason, dumps(value)))

    def finish(self) -> RawBatch:
        return RawBatch(self.numbers, records=self.records, rejections=tuple(self.rejections))


def _lines(file: Bytes, encoding: str, limits: ReadingLimits) -> Iterator[Any]:
    with file.open() as stream:
        while line := stream.readline(limits.record_bytes + 1):
            if len(line) > limits.record_bytes:
                raise SourceRefused(_too_long(file, limits))
            text = line.decode(encoding, "replace").strip(BLANKS)
            if text:
                yield _loaded(text)


def _loaded(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except ValueError as error:
        return _Unreadable(f"is not JSON: {error}", text[:2_000])
    except RecursionError:
        return _Unreadable("is nested too deeply to be read", text[:2_000])


class _Document:
    """The members of a top-level array, or top-level values one after another.

    `raw_decode` reads one value from the text at hand; where the text ends too early twice as
    much is read, so that a record is parsed at most about twice.
    """

    def __init__(self, file: Bytes, encoding: str, limits: ReadingLimits) -> None:
        self.file, self.limits = file, limits
        self.letters = codecs.getincrementaldecoder(encoding)("replace")
        self.text, self.at, self.is_at_end = "", 0, False

    def __iter__(self) -> Iterator[Any]:
        """Walk the values."""
        with self.file.open() as self.stream:
            self._skip()
            self.in_array = self._sign() == "["
            self.at += self.in_array
            n = 0
            while self._skip_to_value():
                n += 1
                yield self._value(n)

    def _skip_to_value(self) -> bool:
        self._skip(BLANKS + ",")
        if self.in_array and self._sign() == "]":
            self.at += 1
            self.in_array = False
            self._skip(BLANKS + ",")
        if not self._sign() and self.in_array:
            raise SourceRefused(
                f"{self.file.name}: the JSON array is cut off before its closing bracket; "
                "get the file again"
            )
        return bool(self._sign())

    def _value(self, n: int) -> Any:
        wanted = PIECE
        while True:
            try:
                value, self.at = _DECODER.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                if self.is_at_end or _is_hopeless(error, len(self.text)):
                    raise SourceRefused(
                        f"{self.file.name}: record {n} is not JSON ({error}); what follows it "
                        "cannot be told apart. Mend it, or give the file as JSON lines"
                    ) from error
            else:
                return value
            if len(self.text) - self.at > self.limits.record_bytes:
                raise SourceRefused(_too_long(self.file, self.limits))
            self._read(wanted)
            wanted *= 2

    def _read(self, n: int) -> None:
        piece = self.stream.read(n)
        self.is_at_end = not piece
        more = self.letters.decode(piece, final=self.is_at_end)
        self.text, self.at = self.text[self.at :] + more, 0

    def _skip(self, signs: str = BLANKS) -> None:
        while True:
            rest = len(self.text)
            while self.at < rest and self.text[self.at] in signs:
                self.at += 1
            if self.at < rest or self.is_at_end:
                return
            self._read(PIECE)

    def _sign(self) -> str:
        return self.text[self.at : self.at + 1]


def _is_hopeless(error: Exception, n: int) -> bool:
    """True where the fault lies well before the end of the text: more text will not mend it."""
    if isinstance(error, json.JSONDecodeError):
        return error.pos < n - 64 and not error.msg.startswith("Unterminated string")
    return True


def _no_number(_: str) -> None:
    """NaN and Infinity are not numbers of JSON: not known."""


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _too_long(file: Bytes, limits: ReadingLimits) -> str:
    return (
        f"{file.name}: one record is larger than {limits.record_bytes:,} bytes; give the file "
        "as JSON lines or a JSON array with one record a post or account"
    )
