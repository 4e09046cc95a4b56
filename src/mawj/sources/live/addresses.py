"""Addresses that other people name: none inside our own network is asked for them.

Otherwise whoever may name a blog could read what only this machine can reach (server-side
request forgery, OWASP). Connections are looked at as they are made (`public_only`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mawj.sources.live.live import AccessField
from mawj.sources.live.public_only import is_guarded, networks, public_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mawj.sources.live.live import Access

INSIDE = AccessField(
    "inside", "networks of your own that may be asked too, with blanks between them",
    is_for_operator=True,
)  # fmt: skip


@contextmanager
def outward(access: Access) -> Iterator[None]:
    """In this block only public addresses are reached, and networks that the operator names.

    A guard around it stays as it is: it was told by the operator what it may reach.

    Raises:
        SourceRefused: in the block, where a connection leads elsewhere.
        SettingsError: what is named are no networks.
    """
    if is_guarded():
        yield
        return
    with public_only(networks(access[INSIDE.name])):
        yield
