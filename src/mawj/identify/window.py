"""The stretch of time that a measure looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Window:
    """The stretch of time that ends at `as_of`, and how many posts speak in it.

    Attributes:
        days: its length in days. One year: long enough for monthly publishers and to even out
            seasons such as Ramadan and Nowruz; Klear looks at half a year of Instagram and a
            year of YouTube (Meltwater help 9888595). Our judgement.
        least_posts: posts below which no interval is given, and above which posts are preferred
            to averages given by a source. Three is the least from which a spread can be told
            apart from chance at all. Our judgement.
    """

    days: int = 365
    least_posts: int = 3

    def opens_at(self, as_of: datetime) -> datetime:
        """The moment the window begins; it is not part of it."""
        return as_of - timedelta(days=self.days)

    def holds(self, moment: Any, as_of: datetime) -> Any:
        """Whether `moment` lies in the window; a moment that is not known does not."""
        return (moment > self.opens_at(as_of)) & (moment <= as_of)
