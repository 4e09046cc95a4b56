"""Evidence: the strongest posts and accounts behind what counted."""

import pytest

from mawj.identify.influence_evidence import EvidenceSettings, influence_evidence

TABLES = {
    "influence_findings": """subject_id | topic_id | finding | status
x:a | '' | response | counted
x:a | '' | amplification | not_assessed
x:a | '' | attention | counted
x:a | '' | authority | counted
x:a | tea | response | counted
x:a | tea | topical_share | counted
""",
    "post_counts": """post_id | account_id | engagements | reposts
p:1 | x:a | 10 | 5
p:2 | x:a | 40 | 5
p:3 | x:a | 30 | 5
p:4 | x:a | 20 | 5
p:5 | x:a | | 5
""",
    "post_topics": "post_id | account_id | topic_id | weight\np:1 | x:a | tea | 0.9",
    "acts": "act_id | actor_id | target_id | kind\n"
    "1|x:b|x:a|reply\n2|x:b|x:a|like\n3|x:c|x:a|like",
    "edges": "source_id | target_id | weight | n_acts\n"
    "x:b | x:a | 1 | 1\nx:b | x:z | 3 | 1\nx:c | x:a | 1 | 1",
    "authority": "account_id | topic_id | authority | n_sources\n"
    "x:b | '' | 8 | 1\nx:c | '' | 1 | 1\nx:c | tea | 99 | 1",
}


@pytest.fixture
def evidence(table_of, rows_of):
    def evidence(places=3):
        made = influence_evidence(
            *(table_of(name, text) for name, text in TABLES.items()),
            evidence_settings=EvidenceSettings(places),
        )
        return rows_of(
            "influence_evidence", made, "finding", "topic_id", "place", "evidence_id", "amount"
        )

    return evidence


def test_each_contribution_that_counted_shows_its_three_strongest(evidence):
    assert evidence() == [
        "attention |  | 1 | x:b | 2",
        "attention |  | 2 | x:c | 1",
        "authority |  | 1 | x:b | 2",
        "authority |  | 2 | x:c | 1",
        "response |  | 1 | p:2 | 40",
        "response |  | 2 | p:3 | 30",
        "response |  | 3 | p:4 | 20",
        "response | tea | 1 | p:1 | 10",
        "topical_share | tea | 1 | p:1 | 0.9",
    ]


def test_the_settings_say_how_many_places_are_kept(evidence):
    assert len(evidence(1)) == 5
