"""Accounts of one person are told by links both ways, or one address and like names."""

import pytest

from mawj.identify.people import PeopleSettings, people

HEAD = "account_id | platform | handle | name | bio | url\n"


@pytest.fixture
def persons(arrow_of, rows_of):
    def persons(text, **settings):
        made = people(
            arrow_of("accounts", HEAD + text), people_settings=PeopleSettings(**settings)
        )
        return rows_of("people", made, "account_id", "person_id", "n_accounts", "linked_by")

    return persons


def test_links_both_ways_join_two_accounts(persons):
    assert persons("""
        x:1 | x | sara | Sara | insta: @sara.cooks |
        instagram:2 | instagram | sara.cooks | سارة | see https://twitter.com/Sara |
    """) == [
        "instagram:2 | instagram:2 | 2 | link_both_ways",
        "x:1 | instagram:2 | 2 | link_both_ways",
    ]


def test_a_link_one_way_is_no_proof(persons):
    rows = persons("""
        x:1 | x | fan | Fan | my idol instagram.com/star |
        instagram:2 | instagram | star | Star | |
    """)
    assert [row.split(" | ")[-1] for row in rows] == ["alone", "alone"]


@pytest.mark.parametrize(
    ("bio", "handle"),
    [("انستا: @noor", "noor"), ("اینستاگرام @noor", "noor"), ("t.me/noor and more", "noor"),
     ("https://www.tiktok.com/@noor?lang=ar", "noor")],
)  # fmt: skip
def test_accounts_are_named_in_the_ways_people_write(persons, bio, handle):
    platform = "telegram" if "t.me" in bio else "tiktok" if "tiktok" in bio else "instagram"
    rows = persons(f"""
        x:1 | x | noor_x | Noor | {bio} |
        {platform}:2 | {platform} | {handle} | N | | https://x.com/noor_x
    """)
    assert all(row.endswith("link_both_ways") for row in rows)


SHOP = """
    x:1 | x | a | نورا الكعبي | | https://noura.example.com/
    instagram:2 | instagram | b | نورا الكعبى | noura.example.com |
    tiktok:3 | tiktok | c | Somebody Else | | https://noura.example.com
"""


def test_one_address_and_like_names_join_and_other_names_do_not(persons):
    assert persons(SHOP) == [
        "instagram:2 | instagram:2 | 2 | link_and_name",
        "tiktok:3 | tiktok:3 | 1 | alone",
        "x:1 | instagram:2 | 2 | link_and_name",
    ]


def test_every_field_of_the_settings_changes_some_row(persons):
    assert persons(SHOP, least_name_likeness=0.0) != persons(SHOP)
    assert persons(SHOP, most_sharing=2) != persons(SHOP)


def test_no_accounts_give_no_persons(persons):
    assert persons("") == []
