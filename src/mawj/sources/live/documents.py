"""One document from an address that somebody named: only from the public internet, and bounded.

Redirects are followed by hand, and the body is read up to a limit, unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from mawj.sources.live.addresses import outward
from mawj.sources.live.web import said
from mawj.tables.errors import SourceChanged, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite
    from mawj.sources.live.web import Web

MOST_BYTES = 16 * 2**20
"""Our judgement: feeds of the longest podcasts are some ten million bytes."""
MOST_STEPS = 5
SLOW = 10
"""An answer may take this many times the manners' timeout until its last byte."""


@dataclass(frozen=True)
class Document:
    """What an address gave.

    Attributes:
        address: where it was found in the end.
        content: its bytes, unpacked; None where it has not changed since.
        headings: of the answer.
    """

    address: str
    content: bytes | None
    headings: Mapping[str, str]


@dataclass(frozen=True)
class Reader:
    """Reads documents politely.

    Attributes:
        web: asks.
        access: says whether our own network may be asked.
        polite: how it is asked.
        look: looks at the bytes of a document and where they come from, and raises
            SourceUnreachable where they break off: then it is asked for again.
    """

    web: Web
    access: Access
    polite: Polite
    look: Callable[[bytes, str], None]

    def document(self, address: str, headings: Mapping[str, str] | None = None) -> Document:
        """The document at an address.

        Args:
            address: of the web.
            headings: sent along, such as If-None-Match.

        Raises:
            SourceRefused: the address leads inside our own network.
            SourceChanged: it is larger than we read, or sends us round in circles.
            SourceError: as `Connection.pages` says.
        """
        return self.polite.ask(lambda: self._once(address, headings or {}))

    def _once(self, address: str, headings: Mapping[str, str]) -> Document:
        for _ in range(MOST_STEPS + 1):
            opened = self.web.opened(address, headers=dict(headings))
            with outward(self.access), opened as answer:
                if answer.has_redirect_location:
                    address = urljoin(address, answer.headers["location"])
                    continue
                is_known = answer.status_code == 304
                content = None if is_known else self._body(address, answer)
                return Document(address, content, answer.headers)
        raise SourceChanged(f"{said(address)}: sends us round in circles", field="location")

    def _body(self, address: str, answer: Any) -> bytes:
        until = self.polite.now() + SLOW * self.polite.manners.timeout_s
        content = bytearray()
        for piece in answer.iter_bytes(65_536):
            content += piece
            if len(content) > MOST_BYTES:
                raise SourceChanged(
                    f"{said(address)}: is larger than {MOST_BYTES:,} bytes", field="size"
                )
            if self.polite.now() > until:
                raise SourceUnreachable(f"{said(address)}: does not come to an end")
        self.look(bytes(content), address)
        return bytes(content)
