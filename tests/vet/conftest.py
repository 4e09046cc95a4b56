"""The tables written as text that the tests of measures use, for the tests of vetting."""

from tests.identify.conftest import arrow_of, con, rows_of, same_rows, table_of

__all__ = ["arrow_of", "con", "rows_of", "same_rows", "table_of"]
