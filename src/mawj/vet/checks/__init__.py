"""The checks, one file each; order is display order.

A check is a function of the tables it names, with the name of its file. It gives few columns
(see `mawj.vet.check_rows`); beside it stand CHECK (what is the same in every row), NAME and
TEXT (the sentence that is filled in) in three languages, ABOUT in Arabic and Persian (what the
docstring says in English), and, where something can be shown, `evidence`. To add one: its
file, one word here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.vet.checks.engagement_below_peers import engagement_below_peers
from mawj.vet.checks.sponsored_share import sponsored_share
from mawj.vet.checks.undisclosed_ads import undisclosed_ads

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKS: tuple[Callable[..., Any], ...] = (
    engagement_below_peers,
    undisclosed_ads, sponsored_share,
)  # fmt: skip
