"""A community is told by its members: topic, language, and how much stays inside."""

from mawj.identify.communities import communities


def test_topic_language_and_closeness_come_from_the_members(table_of, rows_of):
    made = communities(
        table_of("account_communities", """
            account_id | community_id | participation | betweenness_est
            x:a | 0 | 0 | 0
            x:b | 0 | 0 | 0
            x:c | 1 | 0 | 0
        """),
        table_of("account_topics", """
            account_id | topic_id | topic_share | n_posts | n_others
            x:a | news | 0.6 | 9 | 0
            x:c | news | 0.9 | 9 | 0
            x:a | tea | 0.5 | 9 | 0
            x:b | tea | 0.5 | 9 | 0
        """),
        table_of("account_languages", """
            account_id | language | n_posts | share
            x:a | ar | 10 | 1
            x:b | fa | 15 | 1
            x:b | ar | 10 | 1
        """),
        table_of("edges", """
            source_id | target_id | weight | n_acts
            x:a | x:b | 3 | 1
            x:a | x:c | 1 | 1
            x:b | x:gone | 4 | 1
        """),
    )  # fmt: skip
    columns = ("community_id", "n_accounts", "topic_id", "language", "inside_share")
    assert rows_of("communities", made, *columns) == [
        "0 | 2 | tea | ar | 0.375",
        "1 | 1 | news | - | 0",
    ]
