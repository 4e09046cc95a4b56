"""Reading ahead what the first pages of a server would wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.flow.facets import facets_known
from mawj.flow.finding import Wanted, find
from mawj.flow.why import why

if TYPE_CHECKING:
    from mawj.lake.sight import Sight


def warm(sight: Sight) -> bool:
    """Hold in this process what lists and reasons of a run are read from.

    That is the directory's rows, of whom filters know something, and where the rows of an
    account lie in each table. A million accounts take some seconds, after which no page waits
    for it.

    Returns:
        Whether there was a run.
    """
    if sight.run_id is None:
        return False
    for one in find(sight, Wanted(top=1, with_unranked=True)).found:
        why(sight, one.account_id)
    facets_known(sight)
    return True
