"""From faces to the panel: words, company, bursts and the counts of a sample."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
import pytest

from mawj.tables.declared import TABLES
from mawj.vet.follower_company import follower_company
from mawj.vet.follower_model import FollowerFitLimits
from mawj.vet.follower_panel import FollowerLimits, follower_panel, follower_shares
from mawj.vet.follower_words import follower_words

HEADS = (
    "account_id | platform | is_sampled | is_population | followers | following | posts | "
    "has_picture | handle_digit_share | is_name_handle | age_days | silent_days\n"
)
SOLD = "x | yes | no | 4 | 4000 | 0 | no | 0.7 | yes | 60 | "
PERSON = "x | yes | no | 200 | 300 | 50 | yes | 0 | no | 1500 | 3"
UNKNOWN = "x | yes | no |  |  |  |  |  |  |  | "


def faces_of(arrow_of: Any, **kinds: str) -> pa.Table:
    return arrow_of("follower_faces", HEADS + "\n".join(f"{k} | {v}" for k, v in kinds.items()))


def words_of(arrow_of: Any, faces: pa.Table, models: str = "") -> pa.Table:
    schema = TABLES["follower_words"].schema
    batches = follower_words(
        faces.schema.empty_table(),
        arrow_of("follower_models", models),
        faces.to_reader(),
        follower_fit_limits=FollowerFitLimits(),
    )
    return pa.Table.from_batches(list(batches), schema=schema)


def company_of(con: Any, table_of: Any, words: pa.Table, sample: str, follows: str) -> pa.Table:
    made = follower_company(
        table_of("follower_sample", "account_id | follower_id | n_loaded | since\n" + sample),
        ibis.memtable(words),
        table_of("follows", "follower_id | followed_id\n" + follows),
        keep=lambda table: ibis.memtable(con.to_pyarrow(table)),
    )
    return con.to_pyarrow(made)


def test_words_are_spoken_of_sampled_followers_only(arrow_of: Any) -> None:
    faces = faces_of(
        arrow_of, a=SOLD, b=PERSON, c=UNKNOWN, d=PERSON.replace("x | yes", "x | no")
    )
    told = {row["account_id"]: row for row in words_of(arrow_of, faces).to_pylist()}
    assert set(told) == {"a", "b", "c"}
    assert [told[k]["is_suspect"] for k in "abc"] == [True, False, None]
    assert told["a"]["p_model"] is None
    assert told["c"]["p_face"] is None


def test_a_fitted_model_speaks_in_the_panel(arrow_of: Any) -> None:
    signs = '[{"name": "no_picture", "centre": 0, "scale": 1, "weight": 9}]'
    model = (
        '{"kind": "mawj-followers-1", "card": {}, "intercept": -4, "clip": 3, "activity": {}, '
        f'"signs": {signs}}}'
    )
    faces = faces_of(arrow_of, a=PERSON, b=PERSON.replace("| 50 | yes |", "| 50 | no |"))
    told = words_of(arrow_of, faces, f"name | model\nmine | {model}").to_pylist()
    assert told[0]["p_model"] < 0.1
    assert told[1]["p_model"] > 0.9


def test_company_is_read_elsewhere_and_against_the_usual(
    arrow_of: Any, table_of: Any, con: Any
) -> None:
    """Thirty sold accounts follow the same three; thirty people follow three others."""
    sold, people = [f"s{n}" for n in range(30)], [f"p{n}" for n in range(30)]
    faces = faces_of(arrow_of, **dict.fromkeys(sold, SOLD), **dict.fromkeys(people, PERSON))
    follows = [
        f"{who} | {whom}"
        for crowd, targets in ((sold, "qrt"), (people, "uvw"))
        for who in crowd
        for whom in (*targets, "star")
    ]
    sample = "\n".join(f"star | {who} | 60 | " for who in (*sold, *people))
    told = company_of(con, table_of, words_of(arrow_of, faces), sample, "\n".join(follows))
    share = {row["follower_id"]: row["company_share"] for row in told.to_pylist()}
    assert share["s1"] == pytest.approx(0.5)
    assert share["p1"] == pytest.approx(-0.5)


def test_following_the_vetted_account_alone_is_no_company(
    arrow_of: Any, table_of: Any, con: Any
) -> None:
    names = [f"s{n}" for n in range(20)]
    words = words_of(arrow_of, faces_of(arrow_of, **dict.fromkeys(names, SOLD)))
    sample = "\n".join(f"star | {who} | 20 | " for who in names)
    told = company_of(con, table_of, words, sample, "\n".join(f"{n} | star" for n in names))
    assert told["company_share"].null_count == 20


def test_arrivals_at_once_are_a_burst_where_dates_are_known(
    arrow_of: Any, table_of: Any, con: Any
) -> None:
    names = [f"s{n:02}" for n in range(40)]
    words = words_of(arrow_of, faces_of(arrow_of, **dict.fromkeys(names, PERSON)))
    steady = [
        f"star | {w} | 40 | 2024-0{1 + n % 9}-{1 + n % 20:02}" for n, w in enumerate(names)
    ]
    burst = [f"{line[:-10]}2024-06-02" if n < 10 else line for n, line in enumerate(steady)]
    told = company_of(con, table_of, words, "\n".join(burst), "s00 | star")
    times = {row["follower_id"]: row["burst_times"] for row in told.to_pylist()}
    assert times["s03"] > 10
    assert times["s25"] == 1.0
    few = company_of(con, table_of, words, "\n".join(burst[:20]), "s00 | star")
    assert few["burst_times"].null_count == 20


def shares_of(con: Any, arrow_of: Any, table_of: Any, faces: pa.Table, **limits: float) -> Any:
    names = faces["account_id"].to_pylist()
    sample = "\n".join(f"star | {who} | {len(names)} | " for who in names)
    company = company_of(con, table_of, words_of(arrow_of, faces), sample, "nobody | star")
    schema = TABLES["follower_panel"].schema
    panel = pa.Table.from_batches(list(follower_panel(company.to_reader())), schema=schema)
    made = follower_shares(
        table_of("follower_sample", "account_id | follower_id | n_loaded | since\n" + sample),
        ibis.memtable(panel),
        ibis.memtable(faces),
        ibis.memtable(faces),
        follower_limits=FollowerLimits(**limits),
    )
    (row,) = con.to_pyarrow(made).to_pylist()
    return row


def test_the_sample_is_counted(con: Any, arrow_of: Any, table_of: Any) -> None:
    kinds = {"a": SOLD, "b": SOLD, "c": PERSON, "d": UNKNOWN}
    row = shares_of(con, arrow_of, table_of, faces_of(arrow_of, **kinds))
    counted = ("n_loaded", "n_sampled", "n_judged", "n_fake", "n_split")
    assert [row[name] for name in counted] == [4, 4, 3, 2, 0]
    assert (row["n_following"], row["n_mass"], row["n_seen"], row["n_inactive"]) == (3, 2, 3, 2)
    assert (row["n_face_spoke"], row["n_face_fake"], row["n_model_spoke"]) == (3, 2, 0)
    assert row["usual_inactive_share"] is None


@pytest.mark.parametrize(("field", "value"), [("mass_following", 200.0), ("silent_days", 2.0)])
def test_every_limit_of_followers_changes_a_count(
    con: Any, arrow_of: Any, table_of: Any, field: str, value: float
) -> None:
    faces = faces_of(arrow_of, a=SOLD, c=PERSON)
    usual = shares_of(con, arrow_of, table_of, faces)
    assert shares_of(con, arrow_of, table_of, faces, **{field: value}) != usual
