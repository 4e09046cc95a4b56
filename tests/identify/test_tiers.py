"""Tiers: the lower line is in, the upper is out."""

from mawj.identify.tiers import tiers


def test_an_account_stands_in_the_tier_whose_lines_hold_its_followers(table_of, rows_of):
    made = tiers(
        table_of("standing", """
            account_id | platform | followers
            x:a | x | 9999
            x:b | x | 10000
            x:c | x | 5
            x:d | x |
        """),
        table_of("tier_bounds", """
            scheme | tier | n_order | followers_from | followers_below
            one | small | 1 | 1000 | 10000
            one | large | 2 | 10000 |
            two | all | 1 | 0 | 100000
        """),
    )  # fmt: skip
    assert rows_of("tiers", made, "account_id", "scheme", "tier") == [
        "x:a | one | small",
        "x:a | two | all",
        "x:b | one | large",
        "x:b | two | all",
        "x:c | one | -",
        "x:c | two | all",
        "x:d | one | -",
        "x:d | two | -",
    ]
