"""How much could be assessed: by contribution, and by what was missing where it could not."""

from mawj.identify.assessed import assessed


def test_accounts_are_counted_by_contribution_and_what_was_missing(table_of, rows_of):
    made = assessed(
        table_of("influence_findings", """
            subject_id | topic_id | finding | status | basis | weight | missing
            x:a | '' | response | counted | events | 20 |
            x:b | '' | response | counted | counted | 20 |
            x:c | '' | response | not_assessed | missing | 20 | posts
            x:d | '' | response | not_assessed | missing | 20 | posts, post_snapshots
            x:e | '' | response | not_assessed | missing | 20 | posts
            x:a | '' | attention | not_assessed | missing | 15 | interactions
            x:a | food | response | counted | events | 20 |
            x:a | '' | base | counted | rule | 0 |
        """),
    )  # fmt: skip
    columns = (
        "finding", "missing", "n_accounts", "n_assessed", "by_events", "by_counts",
        "weight_lacking",
    )  # fmt: skip
    assert rows_of("assessed", made, *columns) == [
        "attention | interactions | 1 | 0 | 0 | 0 | 15",
        "response |  | 2 | 2 | 1 | 1 | 0",
        "response | posts | 2 | 0 | 0 | 0 | 40",
        "response | posts, post_snapshots | 1 | 0 | 0 | 0 | 20",
    ]
