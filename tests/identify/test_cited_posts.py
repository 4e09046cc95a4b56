"""Posts shown as evidence, each once for the account that it speaks for."""

from mawj.identify.cited_posts import cited_posts


def test_a_post_stands_once_for_each_account_it_is_evidence_for(table_of, rows_of):
    made = cited_posts(
        table_of("influence_evidence", """
            account_id | topic_id | finding | place | kind | evidence_id | amount
            x:a | '' | response | 1 | post | p1 | 5
            x:a | food | response | 1 | post | p1 | 5
            x:a | '' | attention | 1 | account | x:b | 2
            x:b | '' | response | 1 | post | gone | 5
        """),
        table_of("topic_evidence", """
            account_id | topic_id | place | post_id | seed | said_by
            x:a | food | 1 | p2 | coffee | other
            x:b | food | 1 | p1 | coffee | self
        """),
        table_of("posts", """
            post_id | account_id | platform | text | url
            p1 | x:b | x | good coffee | u1
            p2 | x:b | x | see x:a |
            p3 | x:a | x | not cited |
        """),
    )  # fmt: skip
    assert rows_of("cited_posts", made, "account_id", "post_id", "text", "url") == [
        "x:a | p1 | good coffee | u1",
        "x:a | p2 | see x:a | -",
        "x:b | p1 | good coffee | u1",
    ]
