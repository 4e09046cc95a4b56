"""Published engagement figures: sourced, dated, and shares of 1."""

from mawj.identify.taxonomy.benchmarks import BENCHMARKS, engagement_benchmarks

ROWS = engagement_benchmarks().to_pylist()


def test_the_table_is_as_declared_and_absent_values_are_null():
    table = engagement_benchmarks()
    table.validate(full=True)
    assert table.schema == BENCHMARKS.schema
    for column in BENCHMARKS:
        if column.null_means is None:
            assert table[column.name].null_count == 0, column.name


def test_keys_tell_rows_apart():
    assert len({tuple(row[key] for key in BENCHMARKS.key) for row in ROWS}) == len(ROWS) > 30


def test_every_row_names_its_source_without_an_address():
    for row in ROWS:
        assert row["publisher"]
        assert row["title"]
        assert row["published"]
        assert "://" not in row["publisher"] + row["title"]


def test_figures_are_shares_in_order():
    for row in ROWS:
        assert 0 < row["low"] <= (row["high"] or row["low"]) <= 0.2


def test_only_good_rates_are_open_upwards():
    for row in ROWS:
        assert (row["high"] is None) == (row["kind"] == "good")


def test_every_row_says_which_accounts_it_speaks_of():
    for row in ROWS:
        assert row["tier"] or row["followers_from"] or row["followers_below"], row


def test_the_british_figures_of_2021():
    rows = [row for row in ROWS if row["country"] == "GB"]
    assert [(row["followers_from"], row["tier"], row["low"]) for row in rows] == [
        (1_000, None, 0.0459),
        (5_000, None, 0.0226),
        (None, "all", 0.0292),
    ]


def test_sources_contradict_one_another_so_none_is_the_truth():
    nano = {
        (row["publisher"], row["low"])
        for row in ROWS
        if row["tier"] == "nano" and row["kind"] == "average"
    }
    assert len(nano) >= 4
