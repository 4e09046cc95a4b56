"""What headings are taken to mean, in English, Arabic and Persian."""

from __future__ import annotations

import pytest

from mawj.sources.grains import GRAINS, KINDS
from mawj.sources.headings import meanings_of, platform_in, times_of, words

EXPECTED = {
    "followers": [
        "Followers",
        "follower_count",
        "Subscribers count",
        "عدد المتابعين",
        "عدد المشتركين",
        "تعداد دنبال\u200cکننده",
        "دنبال\u200cکننده\u200cها",
        "فالوورها",
        "تعداد فالوور",
        "userFollowerCount",
    ],
    "following": [
        "following_count",
        "friends_count",
        "تعداد دنبال\u200cشونده",
        "يتابع",
    ],
    "published": [
        "تاريخ النشر",
        "تاریخ انتشار",
        "published_at",
        "Posted on",
        "created_time",
    ],
    "likes": [
        "لایک\u200cها",
        "تعداد لایک",
        "عدد الإعجابات",
        "اللايكات",
        "likes",
        "favorite_count",
        "پسندها",
    ],
    "average_likes": [
        "avg_likes",
        "متوسط الإعجابات",
        "میانگین لایک",
        "Likes avg",
        "Avg. likes",
    ],
    "comments": [
        "التعليقات",
        "تعداد کامنت",
        "نظرات",
        "replyCount",
    ],
    "reposts": [
        "retweets",
        "إعادات التغريد",
        "بازنشر",
        "shares",
    ],
    "views": [
        "المشاهدات",
        "عدد المشاهدات",
        "تعداد بازدید",
        "playCount",
        "بازدیدها",
    ],
    "handle": [
        "Username",
        "اسم المستخدم",
        "نام کاربری",
        "یوزرنیم",
        "screen_name",
        "آیدی پیج",
    ],
    "name": [
        "الاسم",
        "نام",
        "Full Name",
        "نام و نام خانوادگی",
    ],
    "bio": [
        "نبذة",
        "بیو",
        "biography",
    ],
    "country": [
        "الدولة",
        "البلد",
        "کشور",
        "Country",
    ],
    "category": [
        "المجال",
        "دسته\u200cبندی",
        "حوزه فعالیت",
        "Topic of influence",
    ],
    "text": [
        "نص المنشور",
        "متن پست",
        "کپشن",
        "caption",
        "full_text",
    ],
    "given_engagement_share": [
        "ER",
        "معدل التفاعل",
        "نرخ تعامل",
        "Engagement Rate",
        "engagement_rate",
    ],
    "verified": [
        "verified",
        "موثّق",
        "is_verified",
        "تیک آبی",
    ],
    "mentions_received": [
        "mentions_received",
    ],
    "reposts_sent": [
        "retweets_sent",
    ],
    "post_url": [
        "الرابط",
        "لینک پست",
        "permalink",
    ],
    "taken": [
        "تاريخ الرصد",
        "crawled_at",
        "snapshot date",
        "Scraped",
    ],
    "hashtags": [
        "هشتگ\u200cها",
        "الهاشتاقات",
        "hashtags",
    ],
}


@pytest.mark.parametrize(
    ("meaning", "heading"),
    [(m, heading) for m, listed in EXPECTED.items() for heading in listed],
)
def test_a_heading_means_what_a_reader_would_say(meaning: str, heading: str) -> None:
    assert meanings_of(heading).get(meaning, 0.0) >= 0.9


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("avg_likes", "likes"),
        ("mentions_sent", "mentions_received"),
        ("network_feature_1", "followers"),
        ("description_length", "bio"),
        ("Audience country", "country"),
        ("new_post_avg_like", "average_likes"),
        ("following", "followers"),
    ],
)
def test_an_idea_left_over_rules_a_meaning_out(heading: str, wrong: str) -> None:
    assert meanings_of(heading).get(wrong, 0.0) < 0.6


def test_a_path_of_json_is_read_by_its_last_step_and_the_one_before() -> None:
    assert meanings_of("public_metrics.followers_count")["followers"] >= 0.9
    assert "own_id" not in meanings_of("author.id")
    assert meanings_of("author.id")["account_id"] >= 0.9


def test_units_in_headings_are_read() -> None:
    assert times_of("Followers (millions)") == times_of("المتابعون بالملايين") == 1e6
    assert times_of("Followers (in thousands)") == 1e3
    assert times_of("Followers") == 1.0


def test_a_heading_may_name_the_platform() -> None:
    assert platform_in("Instagram name") == platform_in("پیج اینستاگرام") == "instagram"
    assert platform_in("name") is None


def test_every_rule_uses_ideas_and_every_place_a_meaning_that_exist() -> None:
    known = {atom for atoms in words().atoms.values() for atom in atoms}
    rules = words().meanings
    assert {idea for _, rule, _ in rules for idea in rule} <= known
    meanings = {meaning for meaning, _, _ in rules}
    for grain in GRAINS.values():
        assert set(grain.places) <= meanings
        assert set(grain.ignored) <= meanings
    assert set(KINDS) <= meanings
