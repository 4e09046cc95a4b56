"""Who passes on whose messages in the small world, and one message on its way."""

from dataclasses import replace
from pathlib import Path

import pytest
from ibis import _

from mawj.flow.cascading import cascading
from mawj.flow.next_passing import MEASURED, next_passing
from mawj.flow.passing import passing
from mawj.flow.settings import settings_in_force
from mawj.plan.passing.audience_members import AudienceLimits
from mawj.tables.errors import NotEnoughData, NotFound


@pytest.fixture
def most_passed(opened) -> tuple[str, str]:
    """The account and the post that were reposted most."""
    acts = opened.acts().filter(_.kind == "repost", _.post_id.notnull())
    account = acts.group_by("target_id").agg(n=_.count()).order_by(_.n.desc(), "target_id")
    post = acts.group_by("post_id").agg(n=_.count()).order_by(_.n.desc(), "post_id")
    one, other = (table.limit(1).to_pyarrow().to_pylist()[0] for table in (account, post))
    return str(one["target_id"]), str(other["post_id"])


def test_passers_chains_and_reach_of_an_account_are_told(opened, most_passed):
    answer = opened.passing(most_passed[0], n_posts=5)
    assert answer.sources[0]["n_passers"] == len(answer.passers)
    assert all(0 < row["passing_share"] < 1 for row in answer.passers)
    assert answer.reach["second_low"] <= answer.reach["second"] <= answer.reach["second_high"]
    assert answer.reach["with_silent"]
    seen = answer.cascades
    shares = [seen[f"{how}_share"] for how in ("told", "graph", "root")]
    assert sum(shares) == pytest.approx(1)


def test_more_messages_come_farther(opened, most_passed):
    one, many = (opened.passing(most_passed[0], n_posts=n).reach for n in (1, 30))
    assert many["second_mean"] >= one["second_mean"]
    assert many["n_passers"] > one["n_passers"]


def test_where_audiences_do_not_fit_the_silent_are_left_out(opened, most_passed):
    settings = settings_in_force() | {"AudienceLimits": AudienceLimits(exact_members=0)}
    answer = passing(opened.lake, [most_passed[0]], settings=settings)
    assert not answer.reach["with_silent"]


def test_rates_are_learnt_from_as_many_others_as_the_settings_say(opened, most_passed):
    settings = settings_in_force()
    few = replace(settings["PassingSettings"], prior_sources=1, least_passers=10**6)
    one = passing(opened.lake, [most_passed[0]], settings=settings | {"PassingSettings": few})
    other = passing(opened.lake, [most_passed[0]], settings=settings)
    assert one.passers[0]["passing_share"] != other.passers[0]["passing_share"]


def test_an_account_without_messages_says_what_to_load(opened):
    silent = opened.accounts().anti_join(opened.post_counts(), "account_id")
    one = silent.anti_join(opened.acts().select(account_id="target_id"), "account_id").limit(1)
    ids = one.to_pyarrow()["account_id"].to_pylist()
    if not ids:
        pytest.skip("everybody in the small world has posted")
    with pytest.raises(NotEnoughData, match="no message"):
        opened.passing(str(ids[0]))


def test_a_message_on_its_way_is_forecast_or_it_is_said_why_not(opened, most_passed):
    answer = opened.cascade(most_passed[1])
    assert answer.n_so_far > 0
    assert {row["root_id"] for row in answer.nodes} == {most_passed[1]}
    if answer.size is not None:
        assert answer.n_so_far <= answer.low <= answer.size <= answer.high
    else:
        assert answer.way == ""


def test_past_messages_count_from_the_age_at_which_they_are_over(opened, most_passed):
    settings = settings_in_force()
    never = replace(settings["CascadeSizeSettings"], ended_hours=1e9)
    answer = cascading(
        opened.lake, most_passed[1], settings=settings | {"CascadeSizeSettings": never}
    )
    assert (answer.size, answer.n_past) == (None, 0)


def test_an_unknown_post_is_named(opened):
    with pytest.raises(NotFound, match="nothing:1"):
        opened.cascade("nothing:1")


def test_who_is_next_does_not_have_it_yet_and_has_reasons(opened, most_passed):
    answer = opened.next_passing(most_passed[1])
    has_it = {row["account_id"] for row in opened.cascade(most_passed[1]).nodes}
    assert answer.candidates
    assert not has_it & {row["account_id"] for row in answer.candidates}
    assert not has_it & {row["account_id"] for row in answer.known_passers}
    assert sum(row["chance"] for row in answer.candidates) == pytest.approx(1)
    chances = [row["chance"] for row in answer.candidates]
    assert chances == sorted(chances, reverse=True)
    assert answer.candidates[0]["reasons"]
    assert sum(row["chance"] for row in answer.known_passers) == pytest.approx(1)


def test_counts_beside_the_next_are_those_of_the_acts(opened, most_passed):
    answer = opened.next_passing(most_passed[1])
    first = answer.candidates[0]
    acts = opened.acts().filter(
        _.kind.isin(("repost", "quote")),
        _.actor_id == first["account_id"],
        _.target_id == answer.account_id,
    )
    assert first["n_passed_own"] == acts.post_id.nunique().to_pyarrow().as_py()
    assert 0 <= first["n_passed_own"] <= first["n_passed"]
    has_it = {row["account_id"] for row in opened.cascade(most_passed[1]).nodes}
    follows = opened.follows().filter(
        _.follower_id == first["account_id"], _.followed_id.isin(has_it)
    )
    assert first["n_followed"] == follows.followed_id.nunique().to_pyarrow().as_py()


def test_too_few_past_messages_leave_nobody_next(opened, most_passed):
    settings = settings_in_force()
    many = replace(settings["NextAdopterSettings"], least_cascades=10**6)
    passes = replace(settings["NextPasserSettings"], least_passes=10**6)
    told = settings | {"NextAdopterSettings": many, "NextPasserSettings": passes}
    answer = next_passing(opened.lake, most_passed[1], settings=told)
    assert (answer.candidates, answer.known_passers) == ((), ())
    assert answer.n_past >= answer.n_own > 0


def test_what_is_said_to_be_measured_stands_in_the_benchmarks():
    page = Path("docs/benchmarks.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if "**mixture of ways**" in line)
    for name in ("hits_10", "hits_100"):
        assert f"{MEASURED[name]:.1%}".replace("%", " %") in row
    assert f"{MEASURED['map_100']:.3f}" in row
    assert f"{MEASURED['known']:.1%}".replace("%", " %") + " are by accounts" in page
    logit = next(line for line in page.splitlines() if "(conditional logit)" in line)
    assert f"{MEASURED['first']:.1%}".replace("%", " %") in logit


def test_nobody_is_next_of_an_unknown_post(opened):
    with pytest.raises(NotFound, match="nothing:1"):
        opened.next_passing("nothing:1")
