"""Advertising for competitors of the brand that asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
from ibis import _

from mawj.tables.portable import days_between
from mawj.text.normalise import search_form
from mawj.vet.check_rows import Check
from mawj.vet.disclosure.links import host_of, site_of

if TYPE_CHECKING:
    from datetime import datetime

    import ibis.expr.types as ir

NAME = {"en": "competitors served", "ar": "عمل مع منافسين", "fa": "کار برای رقیبان"}
TEXT = {
    "en": "{observed} posts that show payment are for {compared_with}.",
    "ar": "{observed} منشورات عليها علامات دفع تخص {compared_with}.",
    "fa": "{observed} پست با نشانهٔ پرداخت برای {compared_with} است.",
}
ABOUT = {
    "ar": "يبحث في المنشورات التي عليها علامات دفع عن منافسين كتبتهم العلامة السائلة (الاسم أو الحساب أو الموقع). ما مضى عليه أكثر "
    "من سنة يُحسب نصفه. دون قائمة منافسين لا يُقيَّم.",
    "fa": "در پست‌های دارای نشانهٔ پرداخت، رقیبانی را که برندِ پرسنده نوشته (نام، شناسه یا سایت) می‌جوید. آنچه بیش از یک سال گذشته نیمه حساب می‌شود. "
    "بدون فهرست رقیبان ارزیابی نمی‌شود.",
}
CHECK = Check(
    "brand_safety", "competitors_served", "posts", "brand (competitors)", "competitors-1", 15.0
)
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class CompetitorsServed:
    """How much work for competitors takes.

    Attributes:
        full_posts: posts at which all points are taken; our judgement.
        fresh_days: days for which work counts whole, half after that; our judgement.
        points: most points taken, by the competitor served most; our judgement.
    """

    full_posts: float = 4.0
    fresh_days: float = 365.0
    points: float = 15.0


def competitors_served(
    brand_competitors: pa.Table,
    ad_counts: ir.Table,
    sponsored_posts: ir.Table,
    *,
    competitors: CompetitorsServed,
    as_of: datetime,
) -> ir.Table | pa.Table:
    """Posts that show payment by competitors that the asking brand wrote down.

    A competitor is met by its site, its handle or its name as the brand advertised. Work of
    more than a year ago counts half. The points go to all competitors together. Without a
    list of competitors nothing is assessed.
    """
    if not brand_competitors.num_rows:
        return pa.table(
            {
                "account_id": pa.array([], pa.string()),
                "contribution": pa.array([], pa.float64()),
            }
        )
    served = _served(brand_competitors, sponsored_posts)
    age = days_between(served.published_at, ibis.literal(as_of))
    is_old = (age > competitors.fresh_days).fill_null(False)
    weighed = served.mutate(counts=ibis.ifelse(is_old, 0.5, 1.0))
    by_name = weighed.group_by("account_id", "competitor").agg(
        n=_.count(),
        weight=_.counts.sum(),
        first_at=_.published_at.min(),
        last_at=_.published_at.max(),
    )
    total = by_name.group_by("account_id").agg(total=_.weight.sum())
    joined = ad_counts.select("account_id", "n_paid").left_join(by_name, "account_id")
    joined = joined.drop("account_id_right").left_join(total, "account_id")
    severity = (
        (joined.total / competitors.full_posts).clip(0.0, 1.0) * joined.weight / joined.total
    )
    return joined.select(
        "account_id",
        about=_.competitor.fill_null(""),
        observed=_.n.cast("float64").fill_null(0.0),
        sample_size=_.n_paid,
        compared_with=_.competitor.fill_null(""),
        from_date=_.first_at.date(),
        to_date=_.last_at.date(),
        contribution=-competitors.points * severity.fill_null(0.0),
    )


def _served(brand_competitors: pa.Table, sponsored_posts: ir.Table) -> ir.Table:
    """Posts with a sign of payment by a competitor, with its name."""
    keys = {key: row["name"] for row in brand_competitors.to_pylist() for key in _keys(row)}
    named = ibis.memtable(
        pa.table({"key": list(keys), "competitor": list(keys.values())},
                 schema=pa.schema([("key", pa.string()), ("competitor", pa.string())]))
    )  # fmt: skip
    known = sponsored_posts.filter(_.brand.notnull(), _.is_paid)
    known = known.mutate(key=known.brand.replace("-", ""))
    return known.inner_join(named, "key")


def _keys(row: dict[str, Any]) -> set[str]:
    """What a competitor is known by, in letters and digits only."""
    site = site_of(host_of(row["domain"])) if row["domain"] else ""
    told = (row["name"], row["handle"] or "", site)
    return {key for said in told if (key := _NOT_LETTERS.sub("", search_form(said)))}


def evidence(brand_competitors: pa.Table, sponsored_posts: ir.Table) -> ir.Table:
    """The posts for competitors, the latest and surest."""
    return _served(brand_competitors, sponsored_posts).select(
        "account_id", about=_.competitor, kind=ibis.literal("post"), evidence_id=_.post_id,
        amount=_.strength, at=_.published_at, quote=_.quote,
    )  # fmt: skip
