"""Shortlists as people have them."""

from __future__ import annotations

import pytest

from mawj.flow.vet_list import listed


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("", []),
        ("\n  \n", []),
        ("x:a\nx:b\nx:a\n", ["x:a", "x:b"]),
        ("# who\r\n@wave \r\n\r\nhttps://x.com/dune\r\n", ["@wave", "https://x.com/dune"]),
        ("place,account_id,name\n1,x:a,One\n2,x:b,\n", ["x:a", "x:b"]),
        ('name,Handle\n"Sea, the",wave\nshort\n', ["wave"]),
    ],
)
def test_a_list_is_lines_or_a_csv_with_a_column_of_accounts(
    text: str, accounts: list[str]
) -> None:
    assert listed(text) == accounts
