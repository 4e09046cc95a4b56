"""How much a file may ask of this machine."""

from __future__ import annotations

from dataclasses import dataclass

GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True)
class ReadingLimits:
    """Where reading stops with a clear error instead of filling memory or disk.

    Attributes:
        decompressed_bytes: most bytes a compressed file may unfold to. Our judgement: far above
            a year of posts of a million accounts.
        ratio: most bytes out per byte in, looked at from `ratio_from_bytes` on. Tables of text
            shrink 3 to 30 times; a gzip bomb reaches 1,032, a zstandard bomb far more. Our
            judgement.
        ratio_from_bytes: unfolded bytes below which the ratio is not looked at.
        record_bytes: most bytes of one JSON record, or of one line of a table.
        row_lines: most lines one row may span inside quotation marks where the marks of a
            stretch do not pair up; beyond it the mark is taken to be left open. Our judgement:
            longer than any caption.
        workbook_bytes: most bytes that the parts of one XLSX workbook may unfold to: its texts
            are held in memory.
        workbook_rows: most rows of a sheet, empty ones too: what Excel holds. A sheet may claim
            a row of any number, with nothing but its name in the file.
        group_bytes: most bytes that one row group of a Parquet file may unfold to: it is held
            in memory while its rows are read. Our judgement: writers make groups of 128 MB to
            1 GB.
        batch_bytes: most bytes of text that one batch of a Parquet file may unfold to: a long
            text that is repeated takes room in the file once. Our judgement.
        headings: most headings of a table; what each may mean is weighed against all others.
            Our judgement: the widest exports that we know have some hundreds.
        head_bytes: how much of the beginning is looked at to tell format and encoding.
    """

    decompressed_bytes: int = 256 * GIB
    ratio: float = 200.0
    ratio_from_bytes: int = 256 * MIB
    record_bytes: int = 64 * MIB
    row_lines: int = 1_000
    workbook_bytes: int = GIB
    workbook_rows: int = 1 << 20
    group_bytes: int = GIB
    batch_bytes: int = GIB
    headings: int = 2_000
    head_bytes: int = MIB


@dataclass(frozen=True)
class ReadingChoices:
    """What the person says about a file; everything left out is guessed from its content.

    Attributes:
        encoding: for example "windows-1256".
        delimiter: the one character between cells.
        sheet: name of the sheet of a workbook; the first otherwise.
        limits: where reading stops.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    limits: ReadingLimits = ReadingLimits()
