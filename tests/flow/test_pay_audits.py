"""The audit over a lake: groups of a file, fees that were loaded, prices that we suggest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from mawj.flow.loading import load_tables
from mawj.flow.pay_audits import AuditAsked, audit, groups_in
from mawj.flow.settings import settings_in_force
from mawj.lake.lake import Lake
from mawj.tables.declared import TABLES
from mawj.tables.errors import SourceRefused

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = [("a", "x"), ("b", "y")]


@pytest.mark.parametrize(
    "text",
    [
        "account,group\na,x\nb,y\n",
        "group,handle\nx,a\ny,b\n",
        "الحساب,المجموعة\na,x\nb,y\n",
        "پیج,گروه\na,x\nb,y\n",
        "a,x\nb,y\n",
        "account,group,note\na,x,1\nb,y,\n,z,\n\n",
        "group,who\nx,a\ny,b\n",
    ],
)
def test_groups_are_read_in_any_order_and_language(text: str) -> None:
    assert groups_in(text) == PAIRS


@pytest.mark.parametrize("text", ["", "account\na\n", "account,group\n,\n"])
def test_a_file_without_groups_is_refused(text: str) -> None:
    with pytest.raises(SourceRefused, match=r"groups\.csv"):
        groups_in(text, "groups.csv")


def with_fees(lake: Lake, gap: float) -> list[tuple[str, str]]:
    """Fees by reach for every account of Instagram, less for the second group."""
    reach, accounts = lake.read("reach"), lake.read("accounts")
    mine = accounts.filter(accounts.platform == "instagram").select("account_id")
    rows = reach.join(mine, "account_id").order_by("account_id").to_pyarrow().to_pylist()
    random = np.random.default_rng(1)
    told, groups = [], []
    for n, row in enumerate(rows):
        group = "second" if n % 2 else "first"
        fee = 2.0 * row["reach"] ** 0.9 * np.exp(random.normal(0, 0.15))
        told.append({
            "quote_id": str(n), "account_id": row["account_id"],
            "deliverable": "instagram:reel",
            "amount_minor": int(fee * 100 * (1 + gap * (group == "second"))),
            "currency": "SAR",
            "quoted_on": date(2026, 9, 1), "is_paid": True, "source": "file:test",
            "fetched_at": datetime(2026, 9, 1, tzinfo=UTC), "basis": "typed_in", "load_id": "t",
        })  # fmt: skip
        groups.append((row["account_id"], group))
    load_tables(lake, {"quotes": pa.Table.from_pylist(told, TABLES["quotes"].schema)})
    return groups


def test_a_gap_in_loaded_fees_is_found_and_told_in_one_currency(own_lake: Path) -> None:
    settings: dict[str, Any] = settings_in_force()
    with Lake.open(own_lake) as lake:
        groups = with_fees(lake, -0.3)
        asked = AuditAsked([*groups, ("nobody", "first")], "USD", date(2026, 11, 20))
        found = audit(lake, asked, settings, seed=1)
        assert found.n_rows + found.n_left_out == len(groups)
        assert found.n_rows > 40
        gap = found.gaps[0]
        assert gap.verdict == "difference"
        sign = -1 if gap.group == "second" else 1
        assert sign * gap.gap > 0.1
        assert not sign * gap.gap > 0.6
        # What we would suggest follows the fees that were paid, and with them their gap.
        ours = AuditAsked(groups, "USD", date(2026, 11, 20), of_suggestions=True)
        assert audit(lake, ours, settings, seed=1).gaps[0].verdict != "not_enough_data"
