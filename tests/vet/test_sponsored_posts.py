"""Which posts show payment, whether they say so, and for whom they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mawj.vet.sponsored_posts import PaymentSigns
from tests.vet.advertising import (
    posts_of,
    small_shelf,
    sponsored_of,
    subjects_of,
    truth,
)

if TYPE_CHECKING:
    from pathlib import Path

CODE = "Use code SARA15 at checkout https://oud-lane.example/sara"


def one(*told: str | dict[str, Any], platform: str = "x", **settings: Any) -> dict[str, Any]:
    (row,) = sponsored_of(posts_of(*told, platform=platform), **settings).to_pylist()
    return dict(row)


def test_a_code_beside_a_shop_is_paid_and_not_disclosed() -> None:
    row = one(CODE)
    assert (row["is_paid"], row["disclosed"], row["place"]) == (True, "no", None)
    assert (row["brand"], row["code"], row["sign"]) == ("oud-lane", "SARA15", "code")


def test_words_disclose() -> None:
    row = one(f"#ad {CODE}")
    assert (row["disclosed"], row["disclosed_by"], row["place"]) == ("yes", "words", "start")
    assert row["wording"] == "#ad"


@pytest.mark.parametrize(
    ("is_labelled", "disclosed"), [(True, "yes"), (False, "no"), (None, "unknown")]
)
def test_the_platforms_label_discloses_and_an_unknown_one_is_unknown(
    is_labelled: bool | None, disclosed: str
) -> None:
    row = one({"text": CODE, "is_labelled_ad": is_labelled}, platform="instagram")
    assert row["disclosed"] == disclosed


def test_where_the_platform_has_no_label_its_absence_is_known() -> None:
    assert one(CODE, platform="telegram")["disclosed"] == "no"


def test_the_label_alone_is_payment_even_without_text() -> None:
    row = one({"text": None, "is_labelled_ad": True}, platform="instagram")
    assert (row["sign"], row["strength"], row["quote"]) == ("label", 1.0, None)


def test_vague_words_are_vague() -> None:
    row = one(f"In collaboration with @oud.lane {CODE}")
    assert (row["disclosed"], row["wording"]) == ("vague", "In collaboration with")


def test_a_denial_does_not_do_away_with_a_code() -> None:
    row = one(f"Not sponsored! {CODE}")
    assert (row["is_denied"], row["is_paid"], row["disclosed"]) == (True, True, "no")


def test_a_denial_does_away_with_weak_signs() -> None:
    weak = "Shop now, link in bio, working with https://oud-lane.example"
    assert sponsored_of(posts_of(weak)).num_rows == 1
    assert sponsored_of(posts_of(f"Not sponsored. {weak}")).num_rows == 0


@pytest.mark.parametrize(
    "text", ["A quiet morning", "Read this https://news.example", "@friend look at this", ""]
)
def test_an_ordinary_post_has_no_row(text: str) -> None:
    assert sponsored_of(posts_of(text)).num_rows == 0


def test_an_answer_to_somebody_else_is_no_advertisement() -> None:
    assert sponsored_of(posts_of({"text": CODE, "reply_to_account_id": "b"})).num_rows == 0
    assert sponsored_of(posts_of({"text": CODE, "reply_to_account_id": "a"})).num_rows == 1


def test_a_site_of_ones_own_is_no_sign() -> None:
    weak = posts_of("Shop now, link in bio https://sara-lamps.example with a coupon code")
    own = subjects_of({"bio": "lamps: https://sara-lamps.example"})
    assert sponsored_of(weak, own, least=0.1).to_pylist()[0]["brand"] is None
    assert sponsored_of(weak, least=0.1).to_pylist()[0]["brand"] == "sara-lamps"


def test_whoever_says_that_they_paid_is_kept_beside_the_brand() -> None:
    row = one("Bought it with my own money from @oud.lane")
    assert (row["is_own_money"], row["is_paid"], row["brand"]) == (True, False, "oud-lane")


SHOWN = {
    "label": {"text": "hello", "is_labelled_ad": True},
    "ad": "#ad hello", "affiliate": "affiliate link", "gifted": "#gifted hello",
    "commission": "I earn a commission", "support": "using these links helps the channel",
    "code": "Use code SARA15", "affiliate_link": "https://amzn.to/3ab",
    "tracked_link": "https://oud.example/?ref=sara", "discount": "coupon code inside",
    "policy_link": "https://blog.example/disclosure", "vague": "#collab hello",
    "buy": "shop now", "shop_link": "https://oud.example/x",
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_every_strength_is_that_of_its_sign(name: str) -> None:
    low = sponsored_of(posts_of(SHOWN[name]), least=0.01, **{name: 0.02}).to_pylist()
    high = sponsored_of(posts_of(SHOWN[name]), least=0.01, **{name: 0.99}).to_pylist()
    assert low[0]["strength"] < high[0]["strength"]


def test_the_two_limits_are_kept() -> None:
    assert one(CODE, paid_from=0.99)["is_paid"] is False
    assert sponsored_of(posts_of(CODE), least=0.99).num_rows == 0
    assert set(SHOWN) | {"paid_from", "least"} == set(PaymentSigns.__dataclass_fields__)


def test_more_signs_never_make_a_post_less_paid() -> None:
    strengths = []
    text = "hello"
    for more in (" shop now", " https://oud.example/x", " coupon code", " code SARA15", " #ad"):
        text += more
        rows = sponsored_of(posts_of(text), least=0.0).to_pylist()
        strengths.append(rows[0]["strength"])
    assert strengths == sorted(strengths)


def test_nearly_every_paid_post_of_the_small_world_is_found_and_nothing_else(
    built_lake: Path,
) -> None:
    shelf, _ = small_shelf(built_lake)
    rows = {r["post_id"]: r for r in shelf.read("sponsored_posts").to_pyarrow().to_pylist()}
    seen = set(shelf.read("vet_posts").select("post_id").to_pyarrow()["post_id"].to_pylist())
    posts = [r for r in truth()["posts"].to_pylist() if r["post_id"] in seen]
    paid = {r["post_id"]: r for r in posts if r["is_paid"]}
    found = {post_id for post_id, row in rows.items() if row["is_paid"]}
    assert len(paid) > 30
    assert len(found & set(paid)) >= 0.95 * len(paid)
    assert len(found - set(paid)) <= 0.01 * len(posts)
    both = found & set(paid)
    told = [rows[p]["disclosed"] == ("yes" if paid[p]["is_disclosed"] else "no") for p in both]
    assert sum(told) >= 0.97 * len(told)
    assert all(rows[p]["brand"] == paid[p]["brand_id"] for p in both)
