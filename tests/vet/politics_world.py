"""A few accounts that speak of politics, and many words that do not; written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from mawj.tables.declared import TABLES
from mawj.text.facts import text_facts
from mawj.vet.political_signs import political_signs

AS_OF = datetime(2026, 6, 30, tzinfo=UTC)
PLAIN = (
    "Lentil soup again, and the flat smells like home",
    "فطور اليوم: بيض وجبن وشاي بالنعناع",
    "امروز تا ساحل دویدم، هوا عالی بود",
    "Three stretches that saved my back this winter",
    "رئيس النادي حضر المباراة وصوتوا لأفضل لاعب",
    "مجلس عزا امشب برقرار است",
    "New lens, same old cat",
    "وصفة كيكة البرتقال بالتفصيل",
)
POLITICAL = (
    "The elections are close and I will vote for Karim Haddad",
    "الانتخابات قريبة وصندوق الاقتراع ينتظرنا",
    "انتخابات نزدیک است، پای صندوق رأی بیایید",
    "Parliament passed it in one night, so much for democracy",
    "وقف إطلاق النار الآن، أوقفوا الحرب",
    "معترضان هنوز در خیابان‌اند و سرکوب ادامه دارد",
)
ACCUSING = (
    "This government is run by thieves who stole our money",
    "هذه الحكومة فاسدة، سرقوا البلد كله والبرلمان يتفرج",
    "این دولت و نمایندگان مجلس دزد و دروغگو هستند",
)


def rows(name: str, made: list[dict[str, Any]]) -> pa.Table:
    """Declared rows; what is not said is NULL."""
    schema = TABLES[name].schema
    return pa.table(
        [pa.array([row.get(f.name) for row in made], f.type) for f in schema],
        schema=pa.schema([f.with_nullable(True) for f in schema]),
    )


def posts_of(account: str, texts: list[str | None], **more: Any) -> list[dict[str, Any]]:
    """Own posts, one a week up to `AS_OF`, the last text the newest."""
    facts = text_facts(texts)
    made = []
    for i, text in enumerate(texts):
        at = AS_OF - timedelta(weeks=len(texts) - i)
        told = {name: facts[name][i] for name in facts}
        made.append(
            {"post_id": f"{account}/{i}", "account_id": account, "platform": "x",
             "published_at": at, "text": text, "is_labelled_ad": None, **told, **more}
        )  # fmt: skip
    return made


def plain(n: int) -> list[str | None]:
    """Texts without any politics."""
    return [PLAIN[i % len(PLAIN)] for i in range(n)]


class Vetted:
    """The tables that checks of politics read, made of posts."""

    def __init__(self, *accounts: list[dict[str, Any]]) -> None:
        every = [row for account in accounts for row in account]
        self.arrow = rows("vet_posts", every)
        self.vet_posts = ibis.memtable(self.arrow)
        self.posts = ibis.memtable(rows("posts", every))
        reader = pa.RecordBatchReader.from_batches(self.arrow.schema, self.arrow.to_batches())
        schema = TABLES["political_signs"].schema
        self.signs_arrow = pa.Table.from_batches(
            list(political_signs(reader, rows("sponsored_posts", []))), schema
        )
        self.political_signs = ibis.memtable(self.signs_arrow)


def told(result: Any) -> dict[str, dict[str, Any]]:
    """The rows of a check by account."""
    table = result if isinstance(result, pa.Table) else result.to_pyarrow()
    return {row["account_id"]: row for row in table.to_pylist()}
