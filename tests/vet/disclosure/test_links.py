"""Links of affiliate programmes, links to shops, links that say nothing."""

from __future__ import annotations

import pytest

from mawj.vet.disclosure.links import host_of, kind_of, paid_links, site_of


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.amazon.de/dp/B00X?tag=maria-21", "affiliate_link"),
        ("https://www.amazon.de/dp/B00X", "shop_link"),
        ("amzn.to/3abcdef", "affiliate_link"),
        ("https://liketk.it/4abc", "affiliate_link"),
        ("https://rstyle.me/+abc", "affiliate_link"),
        ("https://shop.example/x?aff_id=7", "affiliate_link"),
        ("https://shop.example/x?ref=maria", "tracked_link"),
        ("https://www.noon.com/p?utm_source=maria", "tracked_link"),
        ("https://blog.example/affiliate-disclosure/", "policy_link"),
        ("https://www.youtube.com/watch?v=1&ref=x", ""),
        ("https://linktr.ee/maria", ""),
        ("https://[broken", ""),
    ],
)
def test_what_a_link_shows(url: str, kind: str) -> None:
    assert kind_of(url)[0] == kind


def test_an_affiliate_link_names_its_programme() -> None:
    assert kind_of("https://amzn.to/3abcdef")[1] == "Amazon Associates"


def test_a_host_that_only_ends_alike_is_another_one() -> None:
    assert kind_of("https://notamazon.com/x?tag=1")[0] == "shop_link"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://shop.dune-roasters.co.uk/x", "dune-roasters"),
        ("www.noon.com", "noon"),
        ("https://oud-lane.example/sara", "oud-lane"),
    ],
)
def test_the_site_is_the_registered_name(url: str, site: str) -> None:
    assert site_of(host_of(url)) == site


def test_a_short_link_is_found_without_its_scheme() -> None:
    (link,) = paid_links("My lamp: amzn.to/3abcdef and other things")
    assert (link.kind, link.url, link.first) == ("affiliate_link", "amzn.to/3abcdef", 9)


def test_two_equal_links_stand_at_two_places() -> None:
    text = "https://a.example/x and https://a.example/x"
    assert [link.first for link in paid_links(text)] == [0, 24]
