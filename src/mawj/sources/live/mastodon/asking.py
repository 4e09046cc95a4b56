"""One instance of Mastodon, asked through `Mastodon.py`: answers as JSON, errors in our words.

The library makes the requests; its answers are read as they came, since its own types lose
what they do not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from mawj.sources.live.answers import error_of, note_quota
from mawj.sources.live.libraries import needed
from mawj.sources.live.web import AGENT
from mawj.tables.errors import SourceChanged, SourceError, SourceGone, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from mawj.sources.live.polite import Polite


@dataclass(frozen=True)
class Told:
    """One answer.

    Attributes:
        said: the JSON.
        next_id: `max_id` of the page after it, from the answer's Link heading; "" where this is
            the last.
    """

    said: Any
    next_id: str = ""


class Instance:
    """Questions to one instance.

    Args:
        address: where it is.
        token: an access token of an account or app there; "" for what everybody may see.
        polite: how it is asked.
        guarded: a block in which nothing is reached that should not be.

    Raises:
        SourceRefused: the library is not installed.
    """

    def __init__(
        self,
        address: str,
        token: str,
        polite: Polite,
        guarded: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self.address, self.has_token, self._polite = address.rstrip("/"), bool(token), polite
        self._heard: Any = None
        self._guarded = guarded
        self._session = needed("requests").Session()
        self._session.hooks["response"].append(self._hear)
        # Nobody may send us on to an address that was not looked at.
        self._session.max_redirects = 0
        if token:
            # Given to the library it might be taken for the name of a file, and read.
            self._session.headers["Authorization"] = f"Bearer {token}"
        self._library = needed("mastodon").Mastodon(
            api_base_url=self.address, session=self._session, user_agent=AGENT,
            ratelimit_method="throw", version_check_mode="none",
            request_timeout=polite.manners.timeout_s,
        )  # fmt: skip

    def ask(self, method: str, *about: Any, **asked: Any) -> Told:
        """The answer to a method of `Mastodon.py`.

        Raises:
            SourceError: as `Connection.pages` says.
        """
        return self._polite.ask(lambda: self._once(method, about, asked))

    def listed(self, method: str, *about: Any, **asked: Any) -> tuple[list[Any], str]:
        """The objects that a method lists, and where the next page begins.

        Raises:
            SourceChanged: it gives something else than a list of objects.
        """
        told = self.ask(method, *about, **asked)
        if not isinstance(told.said, list) or not all(isinstance(o, dict) for o in told.said):
            raise SourceChanged(
                f"{method} of {self.address} gives no list of objects any more; Mawj must "
                "learn its new shape: nothing of this page was stored",
                field=method,
            )
        return told.said, told.next_id

    def one(self, method: str, *about: Any, **asked: Any) -> dict[str, Any]:
        """The object that a method gives.

        Raises:
            SourceChanged: it gives something else.
        """
        said = self.ask(method, *about, **asked).said
        if not isinstance(said, dict):
            raise SourceChanged(f"{method} of {self.address} gives no object", field=method)
        return said

    def close(self) -> None:
        """Let go of connections."""
        self._session.close()

    def _hear(self, response: Any, *_: Any, **__: Any) -> None:
        self._heard = response

    def _once(self, method: str, about: tuple[Any, ...], asked: dict[str, Any]) -> Told:
        errors, where = needed("mastodon.errors"), f"{method} of {self.address}"
        self._heard = None
        try:
            with self._guarded():
                getattr(self._library, method)(*about, **asked)
        except errors.MastodonNetworkError as error:
            if isinstance(error.__context__, SourceError):
                # The guard's own word, which the library took for a fault of the line.
                raise error.__context__ from None
            raise SourceUnreachable(f"{where}: no answer") from None
        except errors.MastodonError as error:
            # What the library makes of the answer is not needed, if there is one.
            if self._heard is None:
                raise SourceUnreachable(f"{where}: {type(error).__name__}") from None
        return self._told(where)

    def _told(self, where: str) -> Told:
        answer = self._heard
        note_quota(self._polite.quota, answer.headers, self._polite.now())
        try:
            said = answer.json()
        except ValueError:
            said = None
        if not answer.ok:
            reason = said.get("error") if isinstance(said, dict) else None
            told = f"{where}: {reason}" if reason else where
            raise error_of(answer.status_code, answer.headers, told)
        if said is None:
            raise SourceUnreachable(f"{where}: the answer is broken JSON")
        address = answer.links.get("next", {}).get("url", "")
        return Told(said, parse_qs(urlsplit(address).query).get("max_id", [""])[0])


def is_deleted(error: SourceGone) -> bool:
    """Whether an instance itself says that it holds no such account, or no longer."""
    return "Record not found" in str(error) or "(410)" in str(error)
