"""The Python door: `mawj.open(path)` gives tables as Ibis expressions, and answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawj.flow import (
    cascading,
    changes,
    comparing,
    coverage,
    finding,
    forecasting,
    next_passing,
    overlapping,
    passing,
    pricing,
    vetting,
    why,
)
from mawj.flow.accounts import account_ids_of
from mawj.flow.brand_file import brand_file
from mawj.flow.brief_file import brief_file
from mawj.flow.planning import PlanAsked, plan
from mawj.flow.settings import settings_in_force
from mawj.flow.vet_report import vet_report
from mawj.flow.vetting import VetAsked
from mawj.lake.lake import Lake
from mawj.plan.pricing.terms import Terms
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from mawj.flow.forecasting import Forecasted
    from mawj.flow.planned import Plan
    from mawj.flow.vet_report import VetReport
    from mawj.plan.asking.brief import Brief


class OpenLake:
    """A lake opened for reading and asking.

    Each declared table is a method: `lake.influence()` is an Ibis table of the current run,
    `lake.influence(topic_id="food.coffee")` the rows where a column has a value,
    `lake.influence(run_id="…")` those of an earlier run. `.to_pandas()`, `.to_polars()` and
    `.to_pyarrow()` of the result give frames.
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def __getattr__(self, name: str) -> Callable[..., ir.Table]:
        """The reader of the table called `name`."""
        if name not in TABLES:
            raise AttributeError(f"no table is called {name!r}; docs/tables.md lists them")
        return lambda **where: self._table(name, where)

    def __dir__(self) -> list[str]:
        """Every table's name beside the methods, so that editors complete them."""
        return sorted({*super().__dir__(), *TABLES})

    def find(self, subject: str = "", **wanted: Any) -> finding.Shortlist:
        """The shortlist for a subject; the other words are the fields of `finding.Wanted`."""
        return finding.find(self.lake, finding.Wanted(subject=subject, **wanted))

    def why(self, account: str, topic_id: str = "") -> why.Why:
        """Why one account's influence is what it is."""
        return why.why(self.lake, account, topic_id)

    def compare(self, *accounts: str, topic_id: str = "") -> comparing.Compared:
        """Two to five accounts side by side."""
        return comparing.compare(self.lake, accounts, topic_id)

    def coverage(self) -> coverage.Coverage:
        """What can be told, and what to load next."""
        return coverage.coverage(self.lake)

    def changes(self, since: str | None = None, topic_id: str = "") -> changes.Changes:
        """Why scores moved since an earlier run."""
        return changes.changes(self.lake, since=since, topic_id=topic_id)

    def vet(self, *accounts: str, brand: str = "") -> VetReport:
        """Whether accounts can be trusted, each in full; `brand` is the path of its file."""
        settings = settings_in_force()
        told = brand_file(Path(brand)) if brand else None
        ids, _ = account_ids_of(self.lake, accounts)
        asked = VetAsked(ids, settings, told.tables if told else {}, told.name if told else "")
        vetted = vetting.vet(self.lake, asked)
        scale: Any = settings["VetScale"]
        now = datetime.now(UTC)
        return vet_report(self.lake, vetted, scale=scale, made_at=now, detailed=len(ids))

    def passing(self, *accounts: str, n_posts: int = 1) -> passing.Passing:
        """Who passes on the messages of accounts, and how far these come in two steps."""
        return passing.passing(self.lake, accounts, n_posts=n_posts)

    def cascade(self, post_id: str) -> cascading.Cascading:
        """How a message travels, and how large its cascade becomes."""
        return cascading.cascading(self.lake, post_id)

    def next_passing(self, post_id: str) -> next_passing.NextPassing:
        """Who is likely to pass a message on next, and what speaks for each of them."""
        return next_passing.next_passing(self.lake, post_id)

    def overlapping(self, *accounts: str, kind: str = "follows") -> overlapping.Overlapping:
        """Whose audiences are the same people: `follows`, `engages` or `comments`."""
        return overlapping.overlapping(self.lake, accounts, kind=kind)

    def price(
        self, *accounts: str, deliverables: Sequence[str] = (), **terms: Any
    ) -> pricing.Priced:
        """The receipts of accounts; other words are fields of `mawj.plan.pricing.terms.Terms`.

        A rate of exchange stands under `[currency_rates]` in the settings.
        """
        ids, _ = account_ids_of(self.lake, accounts)
        today = datetime.now(UTC).date()
        asked = pricing.PriceAsked(ids, Terms(**terms), today, deliverables)
        return pricing.price(self.lake, asked, settings_in_force())

    def forecast(self, *accounts: str, on: Sequence[date], **wanted: Any) -> Forecasted:
        """What posts may bring; the other words are the fields of `ForecastWanted`."""
        ids, _ = account_ids_of(self.lake, accounts)
        asked = forecasting.ForecastWanted(on, **wanted)
        return forecasting.forecasts_for(self.lake, ids, asked, settings_in_force())

    def plan(self, brief: str | Path | Brief) -> Plan:
        """Whom to choose for a brief (a file or a `Brief`), for how much, what to expect."""
        told = brief_file(Path(brief)) if isinstance(brief, str | Path) else brief
        return plan(self.lake, PlanAsked(told, settings_in_force(), datetime.now(UTC)))

    def _table(self, name: str, where: dict[str, Any]) -> ir.Table:
        run_id = where.pop("run_id", None)
        table = self.lake.read(name, run_id=run_id)
        for column, value in where.items():
            table = table.filter(table[column] == value)
        return table


def open_lake(path: str, *, engine: str = "duckdb", **options: Any) -> OpenLake:
    """The lake at `path` (a folder or an object-store address), opened to read and ask."""
    return OpenLake(Lake.open(path, engine=engine, **options))
