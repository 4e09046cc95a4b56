"""What can be asked for as a job: a name, and the function that does it.

A kind is registered by the room that owns it (`@job_kind("plan")`), so that this room knows
none of them. Doing a kind twice must leave what doing it once leaves: a job that was cut off is
begun again from its start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from mawj.crm.jobs.models import Job

Progress = Callable[[int, int | None, str], None]
"""Told how many steps are done, of how many (None: not known), and what is done now."""
Work = Callable[["Job", Progress], dict[str, Any]]

_KINDS: dict[str, Work] = {}
AFTERWARDS: list[Callable[[Job], None]] = []
"""What rooms do once a job is done, such as looking whether something is to be told."""


def job_kind(name: str) -> Callable[[Work], Work]:
    """Registers the function that does such jobs; it gives what the job's page shows."""

    def registered(work: Work) -> Work:
        _KINDS[name] = work
        return work

    return registered


def work_of(kind: str) -> Work:
    """The function that does jobs of that kind.

    Raises:
        NotFound: for a kind that no room registered.
    """
    if kind not in _KINDS:
        raise NotFound(f"no job is of the kind {kind!r}; known: {', '.join(sorted(_KINDS))}")
    return _KINDS[kind]
