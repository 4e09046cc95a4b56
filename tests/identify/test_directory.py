"""The directory: a row for the account and one for each topic it speaks of and is scored on."""

from mawj.identify.directory import directory


def test_each_account_stands_there_overall_and_on_its_topics(table_of, rows_of):
    made = directory(
        table_of("accounts", """
            account_id | platform | handle | name | country
            x:a | x | ha | A | SA
            x:b | x | hb | |
        """),
        table_of("influence", """
            account_id | topic_id | influence | influence_low | coverage | is_ranked | p_top_10
            x:a | '' | 40 | 30 | 1 | yes | 0.5
            x:a | food | 60 | 50 | 1 | yes | 0.9
            x:a | books | 9 | | 0.2 | no |
            x:a | cars | 5 | | 1 | yes |
            x:b | '' | 10 | | 0.1 | no |
            x:b | food | 20 | | 1 | yes |
        """),
        table_of("account_topics", """
            account_id | topic_id | topic_share | n_posts | n_others
            x:a | food | 0.25 | 1 | 0
            x:a | books | 0.04 | 1 | 0
            x:a | sport | 0.5 | 1 | 0
            x:b | food | 1.0 | 1 | 0
        """),
        table_of("standing", """
            account_id | platform | followers
            x:a | x | 5000
            x:b | x |
        """),
        table_of("tiers", """
            account_id | scheme | tier
            x:a | hootsuite | nano
            x:a | other | tiny
            x:b | hootsuite |
        """),
        table_of("kinds", """
            account_id | kind | specialist | celebrity | coverage
            x:a | specialist | 90 | 5 | 1
        """),
        table_of("account_languages", """
            account_id | language | n_posts | share
            x:a | fa | 5 | 0.4
            x:a | ar | 5 | 0.4
            x:a | en | 2 | 0.2
            x:b | en | 1 | 0.19
        """),
        table_of("engagement", """
            account_id | variant | engagement_share | n_posts | basis
            x:a | by_followers | 0.02 | 3 | events
            x:a | as_given | 0.5 | 0 | counted
            x:a | by_views | 0.9 | 3 | events
            x:b | as_given | 0.03 | 0 | counted
        """),
    )  # fmt: skip

    columns = (
        "topic_id",
        "account_id",
        "influence",
        "overall_influence",
        "relevance",
        "fit",
        "is_ranked",
    )
    assert rows_of("directory", made, *columns) == [
        " | x:a | 40 | 40 | 1 | 40 | yes",
        " | x:b | 10 | 10 | 1 | 10 | no",
        "books | x:a | 9 | 40 | 0.2 | 1.8 | no",
        "food | x:a | 60 | 40 | 0.5 | 30 | yes",
        "food | x:b | 20 | 10 | 1 | 20 | no",
    ]
    faces = rows_of(
        "directory",
        made,
        "topic_id",
        "account_id",
        "handle",
        "country",
        "tier",
        "kind",
        "followers",
    )
    assert faces[:2] == [
        " | x:a | ha | SA | nano | specialist | 5000",
        " | x:b | hb | - | - | - | -",
    ]
    spoken = rows_of(
        "directory", made, "topic_id", "account_id", "language", "languages", "engagement_share"
    )
    assert spoken[0] == " | x:a | ar | ['ar', 'en', 'fa'] | 0.02"
    assert spoken[1].startswith(" | x:b | en | ")
    assert spoken[1].endswith(" | 0.03")
