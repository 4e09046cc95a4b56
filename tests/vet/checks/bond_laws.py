"""What every check of tones must hold to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.vet.commenting import SUBJECT, sample, tones

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def found(check: Callable[..., Any], said: dict[str, Sequence[Any]], **settings: Any) -> Any:
    """The row that the check gives of the vetted account, None where it gives none."""
    rows = check(tones(sample(said)), **settings).to_pyarrow().to_pylist()
    return next((row for row in rows if row["account_id"] == SUBJECT), None)
