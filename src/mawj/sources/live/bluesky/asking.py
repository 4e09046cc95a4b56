"""Bluesky over HTTP: one question, one answer as JSON or bytes, errors in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.live.answers import error_of, note_quota
from mawj.sources.live.libraries import needed
from mawj.tables.errors import (
    SourceChanged,
    SourceError,
    SourceGone,
    SourceRefused,
    SourceUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite

GONE = ("AccountNotFound", "InvalidHandle", "RepoNotFound", "RepoDeactivated", "RepoTakendown",
        "RepoSuspended", "RecordNotFound", "AccountDeactivated", "AccountTakedown",
        "NotFound")  # fmt: skip
"""Names that the lexicons give to "the subject is not there (any more)"."""

_NOT_FOUND_SAID = ("not found", "unable to resolve", "could not find", "could not locate")
_EXPIRED = ("ExpiredToken", "InvalidToken")


class Asking:
    """Questions to one host of the AT Protocol, through the `atproto` client library.

    Raises:
        SourceRefused: the library is not installed.
    """

    def __init__(self, address: str, access: Access, polite: Polite) -> None:
        request = needed("atproto_client.request").Request
        self._request = request(timeout=polite.manners.timeout_s)
        self._access, self._polite = access, polite
        self._is_signed_in = False
        self.address = address

    def json(self, method: str, **asked: Any) -> dict[str, Any]:
        """The JSON object that `method` answers.

        Raises:
            SourceChanged: it answers with something else.
            SourceError: as `Connection.pages` says.
        """
        found = self._polite.ask(lambda: self._once(method, asked))
        if not isinstance(found, dict):
            raise SourceChanged(f"{method} of {self.address} gives no object", field=method)
        return found

    def bytes(self, method: str, **asked: Any) -> bytes:
        """The bytes that `method` answers."""
        found = self._polite.ask(lambda: self._once(method, asked))
        if not isinstance(found, bytes):
            raise SourceChanged(f"{method} of {self.address} gives no bytes", field=method)
        return found

    def close(self) -> None:
        """Let go of connections."""
        self._request.close()

    def _once(self, method: str, asked: Mapping[str, Any]) -> Any:
        if self._access["password"] and not self._is_signed_in:
            self._sign_in()
        params = {name: value for name, value in asked.items() if value not in (None, "")}
        try:
            answer = self._get(method, params)
        except SourceRefused as error:
            if not (self._is_signed_in and any(sign in str(error) for sign in _EXPIRED)):
                raise
            # A session lasts some hours: begin a new one, once.
            self._sign_in()
            answer = self._get(method, params)
        return answer

    def _get(self, method: str, params: Mapping[str, Any]) -> Any:
        url = self._url(method)
        return self._answer(method, lambda: self._request.get(url, params=params))

    def _url(self, method: str) -> str:
        return f"{self.address.rstrip('/')}/xrpc/{method}"

    def _sign_in(self) -> None:
        self._request.set_additional_headers({})
        said = {"identifier": self._access["handle"], "password": self._access["password"]}
        method = "com.atproto.server.createSession"
        url = self._url(method)
        session = self._answer(method, lambda: self._request.post(url, json=said))
        token = session.get("accessJwt") if isinstance(session, dict) else None
        if not isinstance(token, str):
            raise SourceChanged(f"{method} gives no accessJwt", field="accessJwt")
        self._request.set_additional_headers({"Authorization": f"Bearer {token}"})
        self._is_signed_in = True

    def _answer(self, method: str, question: Any) -> Any:
        errors, httpx = needed("atproto_client.exceptions"), needed("httpx")
        where = f"{method} of {self.address}"
        try:
            answer = question()
        except errors.RequestErrorBase as error:
            if error.response is None:
                raise SourceUnreachable(
                    f"{where}: no answer ({type(error).__name__})"
                ) from None
            raise _named(where, error.response, self._polite) from None
        except httpx.HTTPError as error:
            raise SourceUnreachable(f"{where}: no answer ({type(error).__name__})") from None
        except ValueError:
            raise SourceUnreachable(f"{where}: the answer is broken JSON") from None
        note_quota(self._polite.quota, answer.headers, self._polite.now())
        return answer.content


def _named(where: str, response: Any, polite: Polite) -> SourceError:
    """The error of an answer, by its name in the lexicon before its status."""
    note_quota(polite.quota, response.headers, polite.now())
    name = str(getattr(response.content, "error", "") or "")
    message = str(getattr(response.content, "message", "") or "")
    said = f"{where}: {name} {message}".strip(": ")
    is_lost = any(sign in message.lower() for sign in _NOT_FOUND_SAID)
    if name in GONE or (response.status_code == 400 and is_lost):
        return SourceGone(said)
    if name in _EXPIRED:
        return SourceRefused(f"{said}: the key has expired or was taken back")
    return error_of(response.status_code, response.headers, said)
