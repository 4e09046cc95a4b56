"""Every declared table by name: the one list that contracts, documents and doors read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mawj.tables.column import Column, Table
from mawj.tables.derived_freshness import FRESHNESS
from mawj.tables.derived_influence import CONCLUSIONS
from mawj.tables.derived_kept import KEPT
from mawj.tables.derived_measures import MEASURES
from mawj.tables.derived_plan_cost import PLAN_COST
from mawj.tables.derived_plan_forecast import FORECASTING
from mawj.tables.derived_plan_overlap import PLAN_OVERLAP
from mawj.tables.derived_plan_passing import PLAN_PASSING
from mawj.tables.derived_plan_portfolio import PORTFOLIO
from mawj.tables.derived_plan_price import PLAN_PRICE
from mawj.tables.derived_plan_scenarios import SCENARIOS
from mawj.tables.derived_vet_ads import ADVERTISING
from mawj.tables.derived_vet_audience import FOLLOWER_MODELS, VET_AUDIENCE
from mawj.tables.derived_vet_bond import BOND_VETTING
from mawj.tables.derived_vet_brand import BRAND_VETTING
from mawj.tables.derived_vet_content import CONTENT_VETTING
from mawj.tables.derived_vet_growth import GROWTH_VETTING
from mawj.tables.derived_vet_politics import VET_POLITICS
from mawj.tables.derived_vet_rings import RING_VETTING
from mawj.tables.derived_vetting import VET_SUBJECTS, VETTING
from mawj.tables.errors import UnknownTable
from mawj.tables.observed import OBSERVED
from mawj.tables.observed_labels import LABELS, TRAINED_MODELS
from mawj.tables.observed_live import LIVE
from mawj.tables.observed_orders import SHOP
from mawj.tables.observed_quotes import QUOTES
from mawj.tables.observed_results import CAMPAIGN_RESULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCE = (
    Table(
        "topics", "one topic of the taxonomy in force", ("topic_id",),
        (
            Column("topic_id", "string", "dotted id"),
            Column("parent_id", "string", "the wider topic", null_means="a top-level topic"),
            Column("level", "int64", "1, 2 or 3", "level", least=1, most=3),
            Column("name_en", "string", "English name"),
            Column("name_ar", "string", "Arabic name"),
            Column("name_fa", "string", "Persian name"),
        ),
        kind="reference",
    ),
    Table(
        "topic_seeds", "one term of one seed phrase of one topic", ("topic_id", "seed", "term"),
        (
            Column("topic_id", "string", "the topic"),
            Column("seed", "string", "the seed phrase, folded"),
            Column("term", "string", "one folded term of it"),
            Column("n_terms", "int64", "distinct terms of the seed, all of which a post must hold", "terms", least=1),
        ),
        kind="reference",
    ),
    Table(
        "tier_bounds", "one tier of one published scheme", ("scheme", "tier"),
        (
            Column("scheme", "string", "whose lines"),
            Column("tier", "string", "the tier"),
            Column("n_order", "int64", "1 is the smallest", "place", least=1),
            Column("followers_from", "float64", "lower line, included", "accounts", least=0),
            Column("followers_below", "float64", "upper line, not included", "accounts", "no upper line"),
        ),
        kind="reference",
    ),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            *OBSERVED,
            LABELS,
            TRAINED_MODELS,
            QUOTES,
            CAMPAIGN_RESULTS,
            *SHOP,
            *LIVE,
            *REFERENCE,
            VET_SUBJECTS,
            *MEASURES,
            FRESHNESS,
            *CONCLUSIONS,
            *VETTING,
            *GROWTH_VETTING,
            *BRAND_VETTING,
            *BOND_VETTING,
            *CONTENT_VETTING,
            *RING_VETTING,
            *KEPT,
            *ADVERTISING,
            *VET_POLITICS,
            FOLLOWER_MODELS,
            *VET_AUDIENCE,
            *PLAN_PRICE,
            *PLAN_COST,
            *FORECASTING,
            *PLAN_OVERLAP,
            *PORTFOLIO,
            *SCENARIOS,
            *PLAN_PASSING,
        )
    }
)


def table_named(name: str) -> Table:
    """The declaration of the table called `name`.

    Raises:
        UnknownTable: when none is declared under that name.
    """
    if name not in TABLES:
        raise UnknownTable(f"no table is called {name!r}; docs/tables.md lists them all")
    return TABLES[name]
