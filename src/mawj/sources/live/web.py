"""Plain questions over HTTP, for sources whose client library asks nothing by itself."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mawj.sources.live.answers import error_of, note_quota
from mawj.sources.live.libraries import needed
from mawj.tables.errors import SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mawj.sources.live.polite import Polite
    from mawj.tables.errors import SourceError

AGENT = "mawj (self-hosted; reads what is public or what its owner was given a key for)"


class Web:
    """Asks politely over HTTP; connections are kept between questions.

    Args:
        polite: how often, and how patiently.
        headings: sent with every request: a key, for example.
        fault: the error that an answer names in words of its own, None where it names none;
            it goes before what the status stands for.
    """

    def __init__(
        self,
        polite: Polite,
        headings: Mapping[str, str] | None = None,
        fault: Callable[[Any], SourceError | None] = lambda _: None,
    ) -> None:
        self._polite, self._fault = polite, fault
        self._client = needed("httpx").Client(
            timeout=polite.manners.timeout_s, headers={"User-Agent": AGENT, **(headings or {})}
        )

    def json(self, address: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON that an address answers with.

        Args:
            address: without a query.
            params: the query; it may hold a key, since no error tells it.

        Raises:
            SourceError: as `Connection.pages` says.
        """
        return self._polite.ask(lambda: self._json(address, params))

    def _json(self, address: str, params: Mapping[str, Any] | None) -> Any:
        answer = self.once(address, params=params)
        try:
            return answer.json()
        except ValueError:
            raise SourceUnreachable(f"{said(address)}: the answer is broken JSON") from None

    def once(self, address: str, **more: Any) -> Any:
        """The `httpx.Response` of one request, asked once: 2xx, 3xx or an error in our words.

        Args:
            address: what is asked.
            more: further arguments of `httpx.Client.request`; `method` is GET unless given.
        """
        httpx = needed("httpx")
        try:
            answer = self._client.request(more.pop("method", "GET"), address, **more)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = type(error).__name__
            raise SourceUnreachable(f"{said(address)}: no answer ({kind})") from None
        note_quota(self._polite.quota, answer.headers, self._polite.now())
        named = self._fault(answer)
        if named is not None:
            raise named
        if answer.is_error:
            raise error_of(answer.status_code, answer.headers, said(address))
        return answer

    @contextmanager
    def opened(self, address: str, **more: Any) -> Iterator[Any]:
        """The `httpx.Response` of one GET, its body not read yet; errors as `once` has them.

        Errors while the body is read are told in the same words.
        """
        httpx = needed("httpx")
        try:
            with self._client.stream("GET", address, **more) as answer:
                note_quota(self._polite.quota, answer.headers, self._polite.now())
                if answer.is_error:
                    raise error_of(answer.status_code, answer.headers, said(address))
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            named = type(error).__name__
            raise SourceUnreachable(f"{said(address)}: no answer ({named})") from None

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()


def said(address: str) -> str:
    """An address as errors name it: without its query, where a key may stand."""
    parts = urlsplit(address)
    return f"{parts.path or '/'} of {parts.hostname or address}"
