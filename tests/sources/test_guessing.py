"""Guesses: what files of many makers are taken for, how sure, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from mawj.sources.guessing import SURE, Guess, guess
from mawj.sources.reading import open_file
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Path]

ACCOUNTS_AR = (
    "اسم المستخدم;الاسم;عدد المتابعين;عدد المنشورات;متوسط الإعجابات;معدل التفاعل;الدولة;"
    "المجال;موثّق;تاريخ الرصد\n"
    """\
@noura.cooks;نورة الطاهية;٦٫٢ مليون;1,234;٥٤٬٠٠٠;2.4%;السعودية;طبخ;نعم;١٤٤٥/١٠/٢٢
@salem_fit;سالم اللياقة;820 ألف;432;12000;1.2%;الإمارات;رياضة;لا;١٤٤٥/١٠/٢٢
@hind.reads;هند تقرأ;غير متوفر;77;1200;3.1%;مصر;كتب;لا;١٤٤٥/١٠/٢٢
"""
)
POSTS_FA = (
    "نام کاربری,متن پست,تاریخ انتشار,تعداد لایک,تعداد کامنت,تعداد بازدید,لینک پست,نوع پست\n"
    """\
sara_tehran,قهوه‌ی تازه #قهوه,۱۴۰۳/۰۲/۱۲,۱۲۳۴,۵۶,۱۲ هزار,https://www.instagram.com/p/Cabc123/,ریلز
ali.fit,تمرین امروز,۱۴۰۳/۰۲/۱۳,۲۳۴,۵,۱٬۲۰۰,https://www.instagram.com/reel/Cabc124/,ویدیو
"""
)


def guessed(path: Path, **how: Any) -> Guess:
    with open_file(path) as raw:
        return guess(raw, **how)


def meanings(found: Guess) -> dict[str, str]:
    return {one.heading: one.meaning for one in found.headings}


def slipped_table(n: int = 40) -> str:
    lines = ["instagram name,title,Followers,Views avg.,Likes avg,Comments avg."]
    for i in range(n):
        lines.append(f"cook_{i},Cook {i},{1000 + i},Spain,{100 + i},{300 + i}")
    return "\n".join(lines)


def test_an_arabic_list_of_accounts_is_understood_and_read(make: Make, read: Any) -> None:
    path = make("instagram_list.csv", ACCOUNTS_AR, "utf-16")
    found = guessed(path)
    assert (found.grain, found.missing) == ("accounts", ())
    assert found.certainty >= SURE
    got = read(path)
    assert got.only("accounts", "account_id", "country", "is_verified") == [
        ("instagram:noura.cooks", "SA", True),
        ("instagram:salem_fit", "AE", False),
        ("instagram:hind.reads", "EG", False),
    ]
    assert got.only("account_snapshots", "followers", "posts") == [
        (6_200_000.0, 1234.0), (820_000.0, 432.0), (None, 77.0),
    ]  # fmt: skip
    assert set(got.only("account_snapshots", "taken_at")) == {datetime(2024, 5, 1, tzinfo=UTC)}
    assert got.rejected == []


def test_a_persian_list_of_posts_is_understood_and_read(make: Make, read: Any) -> None:
    path = make("posts.csv", POSTS_FA)
    found = guessed(path)
    assert (found.grain, found.certainty >= SURE) == ("posts", True)
    got = read(path)
    assert got.only("posts", "post_id", "account_id", "kind", "published_at")[0] == (
        "instagram:Cabc123", "instagram:sara_tehran", "short_video",
        datetime(2024, 5, 1, tzinfo=UTC),
    )  # fmt: skip
    assert got.only("post_snapshots", "likes", "comments", "views") == [
        (1234.0, 56.0, 12_000.0), (234.0, 5.0, 1200.0),
    ]  # fmt: skip
    assert got.tables["posts"][0]["language"] == "fa"
    assert len(got.tables["posts"][0]["hashtags"]) == 1


def test_decayed_counts_of_one_half_of_a_pair_are_understood(make: Make) -> None:
    heading = (
        "account_id,follower_count,following_count,listed_count,mentions_received,"
        "retweets_received,mentions_sent,retweets_sent,posts,network_feature_1"
    )
    rows = "".join(f"p{i},2{i}8,30{i},3,0.58{i},0.1,0.1,0.2,0.36,16{i}\n" for i in range(9))
    found = guessed(make("half.csv", f"{heading}\n{rows}"))
    assert found.mapping is not None
    assert found.certainty >= SURE
    target = next(t for t in found.mapping.targets if t.table == "account_snapshots")
    assert {f.column: f.heading for f in target.fields} == {
        "account_id": "account_id", "followers": "follower_count", "lists": "listed_count",
        "following": "following_count", "mentions_received": "mentions_received",
        "reposts_received": "retweets_received", "mentions_sent": "mentions_sent",
        "reposts_sent": "retweets_sent", "posts_in_window": "posts",
    }  # fmt: skip
    assert found.mapping.platform == "x"
    assert found.unmapped == ("network_feature_1",)


@pytest.mark.parametrize(
    ("name", "text", "grain"),
    [
        ("follows_x.csv", "follower_id,followed_id\n12,13\n13,12\n", "follows"),
        ("x_edges.csv", "source,target\nanna,bob\nbob,carla\n", "follows"),
        (
            "x_acts.csv",
            "action,actor,target,time\nretweet,anna,bob,2024-01-01\n",
            "interactions",
        ),
        (
            "youtube_comments.csv",
            "comment_id,video_id,author,comment_text,published_at\n"
            "Ug1,v1,@a,Great video,2024-01-01\n",
            "comments",
        ),
        (
            "instagram_followers.csv",
            "date,username,followers\n2024-01-01,alpha,100\n2024-01-08,alpha,120\n",
            "accounts",
        ),
    ],
)
def test_what_a_row_is_follows_from_the_headings(
    make: Make, name: str, text: str, grain: str
) -> None:
    found = guessed(make(name, text))
    assert (found.grain, found.missing) == (grain, ())


def test_the_person_may_say_what_a_row_is(make: Make) -> None:
    path = make("x.csv", "handle,followers,following\nanna,100,20\nbob,90,10\n")
    found = guessed(path, as_="snapshots")
    assert found.mapping is not None
    assert [t.table for t in found.mapping.targets] == ["account_snapshots"]
    with pytest.raises(SettingsError, match="use one of interactions, follows"):
        guessed(path, as_="people")


def test_json_inside_objects_is_understood(make: Make, read: Any) -> None:
    record = {
        "id": "7300000000000000001", "text": "Hello #fun", "createTime": 1714521600,
        "authorMeta": {"name": "dora", "fans": 1000}, "diggCount": 5, "playCount": 100,
        "webVideoUrl": "https://www.tiktok.com/@dora/video/7300000000000000001",
    }  # fmt: skip
    got = read(
        make("scraped.json", json.dumps([record, record | {"id": "73", "diggCount": 6}]))
    )
    assert got.only("posts", "post_id", "account_id", "published_at")[0] == (
        "tiktok:7300000000000000001", "tiktok:dora", datetime(2024, 5, 1, tzinfo=UTC),
    )  # fmt: skip
    assert got.only("post_snapshots", "likes", "views")[0] == (5.0, 100.0)
    assert got.only("account_snapshots", "followers") == [1000.0]


def test_a_page_of_json_is_unwrapped(make: Make, read: Any) -> None:
    users = [
        {"username": n, "full_name": n.title(), "follower_count": 9} for n in ("anna", "bob")
    ]
    path = make("page.json", json.dumps({"status": "ok", "data": {"items": users}}))
    got = read(path, platform="instagram")
    assert got.only("accounts", "account_id") == ["instagram:anna", "instagram:bob"]
    assert [row["row"] for row in got.raw] == [1, 2]


def test_without_a_platform_nothing_is_guessed(make: Make) -> None:
    path = make("list.csv", "username,followers\nanna,10\nbob,20\n")
    found = guessed(path)
    assert (found.mapping, found.certainty) == (None, 0.0)
    assert any("platform" in one for one in found.missing)
    assert guessed(path, platform="tiktok").certainty >= SURE


def test_a_platform_is_read_row_by_row_where_a_column_says_it(make: Make, read: Any) -> None:
    path = make("list.csv", "المنصة,اسم المستخدم,المتابعون\nتويتر,anna,10\nإنستغرام,bob,20\n")
    assert read(path).only("accounts", "account_id") == ["x:anna", "instagram:bob"]


def test_a_file_name_gives_the_time_of_undated_counts(make: Make, read: Any) -> None:
    path = make("tiktok_2024-05.csv", "username,followers\nanna,10\nbob,20\n")
    assert set(read(path).only("account_snapshots", "taken_at")) == {
        datetime(2024, 5, 1, tzinfo=UTC)
    }


def test_the_figures_in_full_win_over_the_short_ones(make: Make) -> None:
    path = make(
        "tiktok.csv", "username,Followers,Followers\nanna,1.2M,1234567\nbob,2M,2000001\n"
    )
    found = guessed(path)
    assert meanings(found) == {
        "username": "handle", "Followers": "", "Followers (2)": "followers",
    }  # fmt: skip


def test_copies_that_disagree_are_told_and_lower_the_certainty(make: Make) -> None:
    path = make("tiktok.csv", "username,Followers,Followers\nanna,1.2M,7\nbob,2M,9\n")
    found = guessed(path)
    assert found.certainty < 0.85
    assert any("differ on 100%" in note for note in found.notes)


def test_slipped_headings_are_seen_by_their_values(make: Make) -> None:
    found = guessed(make("instagram.csv", slipped_table()))
    assert found.certainty < SURE
    assert meanings(found) == {
        "instagram name": "handle", "title": "name", "Followers": "followers",
        "Views avg.": "country", "Likes avg": "", "Comments avg.": "",
    }  # fmt: skip
    assert any("read as country" in note for note in found.notes)


def test_more_comments_than_likes_means_that_headings_slipped(make: Make) -> None:
    table = slipped_table().replace(",Spain", "").replace("Views avg.,", "")
    found = guessed(make("instagram.csv", table))
    assert "average_likes" not in meanings(found).values()
    assert any("larger than" in note for note in found.notes)


def test_followers_in_fractions_ask_for_their_unit(make: Make) -> None:
    path = make("instagram.csv", "username,followers\nanna,475.8\nbob,366.2\n")
    found = guessed(path)
    assert found.certainty < SURE
    assert any("say so with `times`" in note for note in found.notes)
    known = guessed(make("ig.csv", "username,followers (millions)\nanna,475.8\nbob,366.2\n"))
    assert known.certainty >= SURE


def test_a_vendors_score_and_the_audiences_country_are_left_out(make: Make) -> None:
    path = make(
        "instagram.csv",
        "rank,username,influence_score,followers,Audience country\n"
        "1,anna,92,100,Spain\n2,bob,91,90,Peru\n",
    )
    found = guessed(path)
    assert found.unmapped == ("rank", "influence_score", "Audience country")
    reasons = {one.heading: one.reason for one in found.headings}
    assert "never taken for a truth" in reasons["influence_score"]


def test_a_bare_engagement_rate_is_read_in_per_cent_where_it_must_be(
    make: Make, read: Any
) -> None:
    rows = "username,engagement rate\nanna,{}\nbob,{}\n"
    share = "given_engagement_share"
    percent = read(make("tiktok1.csv", rows.format("2.5", "0.5")))
    assert percent.only("account_snapshots", share) == [0.025, 0.005]
    bare = read(make("tiktok2.csv", rows.format("0.025", "0.005")))
    assert bare.only("account_snapshots", share) == [0.025, 0.005]


def test_dates_that_show_the_order_settle_it(make: Make, read: Any) -> None:
    path = make(
        "x.csv", "username,tweet,date\nanna,hi there,05/04/2024\nbob,hi again,25/04/2024\n"
    )
    assert read(path).only("posts", "published_at") == [
        datetime(2024, 4, 5, tzinfo=UTC), datetime(2024, 4, 25, tzinfo=UTC),
    ]  # fmt: skip


def test_dates_that_do_not_show_it_are_noted(make: Make) -> None:
    path = make("x.csv", "username,tweet,date\nanna,hi there,05/04/2024\nbob,yes,06/04/2024\n")
    assert any("day is assumed" in note for note in guessed(path).notes)


def test_a_serial_number_is_no_id(make: Make) -> None:
    path = make(
        "tiktok.csv", "id,username,followers\n1,anna,10\n2,bob,20\n3,carla,5\n4,dina,6\n"
    )
    assert meanings(guessed(path))["id"] == ""


def test_a_file_about_something_else_is_not_forced(make: Make) -> None:
    found = guessed(make("x.csv", "colour,weight\nred,1.5\nblue,2.5\n"))
    assert (found.mapping, found.certainty) == (None, 0.0)
    assert found.missing
