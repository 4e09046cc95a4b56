"""HTML as a reader sees it."""

from __future__ import annotations

import time

import pytest

from mawj.text.markup import links, plain


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("<p>صباح&nbsp;الخير &amp; أهلا</p>", "صباح\u00a0الخير & أهلا"),
        ("می‌خواهم <b>چای</b>", "می‌خواهم چای"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n\n• b"),
        ("a<script>alert('<p>x</p>')</script>b<style>p{}</style>", "ab"),
        ("1 < 2 and <b>open", "1 < 2 and open"),
        ("no markup\nat all", "no markup at all"),
        ('<a href="https://a.example/x"><span class="invisible">https://</span>a.example/x</a>',
         "https://a.example/x"),
        ('<a title="1 > 0" href="/">x</a>', "x"),
        ("a<!-- <p>b</p> -->c<svg><text>d</text></svg>", "ac"),
        ("", ""),
    ],
)  # fmt: skip
def test_tags_go_and_lines_stay(markup: str, seen: str) -> None:
    assert plain(markup) == seen


def test_a_link_may_be_named_otherwise() -> None:
    markup = 'Hi <a href="https://a.example/@o">@<span>o</span></a>, <a href="/x">y</a>'
    assert plain(markup, {"https://a.example/@o": "@o@a.example"}) == "Hi @o@a.example, y"


@pytest.mark.parametrize(
    "sign",
    ["<div><b>", "<!--", "<a ", "<a href='", "</", "<!", "<?", "<![CDATA[", "&", "<", "<p",
     "<script>", "<a title=\"'", "&#", "<!---->"],
)  # fmt: skip
def test_what_is_made_to_keep_a_reader_busy_is_read_in_a_moment(sign: str) -> None:
    began = time.process_time()
    plain(sign * 100_000)
    links(sign * 100_000)
    # Some tenths of a second; a reader that goes back and forth takes minutes.
    assert time.process_time() - began < 10


def test_a_number_that_is_no_letter_is_none() -> None:
    assert plain(f"a&#{'9' * 5_000};b") == "a\ufffdb"


def test_links_are_those_of_the_web_each_once() -> None:
    markup = (
        '<a href="https://a.example/B">x</a><a href="/c">y</a><a href="https://a.example/B">'
    )
    assert links(markup) == ["https://a.example/B"]
