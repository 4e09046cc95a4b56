from __future__ import annotations

from typing import Any

from mawj.vet.comment_tones import TonePeers, comment_tones
from tests.vet.commenting import (
    COLD,
    SUBJECT,
    WARM,
    peers_of,
    readings,
    sample,
    subjects_table,
    tones,
)


def row(table: Any, tone: str) -> dict[str, Any]:
    return table.filter(table.tone == tone).to_pyarrow().to_pylist()[0]


def test_shares_are_of_all_comments_read_and_carry_an_interval() -> None:
    told = row(tones(sample({SUBJECT: [WARM] * 6 + [COLD] * 4})), "warm")
    assert (told["n"], told["n_read"], told["share"]) == (6, 10, 0.6)
    assert told["share_low"] < 0.6 < told["share_high"]
    assert told["languages"] == ["en"]


def test_peers_give_their_median_and_ends_where_they_are_enough() -> None:
    said = {SUBJECT: [WARM], **peers_of([WARM] * 20 + [COLD] * 20)}
    told = row(tones(sample(said)), "generic")
    assert (told["n_peers"], told["peers_median"], told["peers_high"]) == (25, 0.5, 0.5)
    few = row(tones(sample(said), peers=TonePeers(least_peers=26)), "generic")
    assert (few["n_peers"], few["peers_median"]) == (0, None)
    short = row(tones(sample(said), peers=TonePeers(least_comments=41)), "generic")
    assert short["n_peers"] == 0


def test_a_language_is_named_from_its_share_on() -> None:
    read = readings(sample({SUBJECT: [WARM] * 10}))
    codes = read["language"].to_pylist()
    mixed = read.set_column(
        read.schema.get_field_index("language"),
        read.schema.field("language"),
        [["fa", *codes[1:]]],
    )
    subjects = subjects_table(SUBJECT)
    wide = comment_tones(subjects, mixed, tone_peers=TonePeers())
    narrow = comment_tones(subjects, mixed, tone_peers=TonePeers(language_share=0.2))
    assert wide["languages"][0].as_py() == ["en", "fa"]
    assert narrow["languages"][0].as_py() == ["en"]


def test_an_account_without_comments_has_no_rows() -> None:
    empty = sample({})
    assert (
        comment_tones(subjects_table(SUBJECT), readings(empty), tone_peers=TonePeers()).num_rows
        == 0
    )


def test_friends_named_and_entries_count_as_entries_once() -> None:
    told = row(tones(sample({SUBJECT: ["@a @b", "done! pick me", "done @a", WARM]})), "entry")
    assert told["n"] == 3
