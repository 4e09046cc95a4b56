"""TikTok's interfaces (v2): requests over HTTP, tokens that last some hours, errors by names.

Codes: TikTok for Developers, "Error handling"; tokens: "Client access token management" and
"User access token management". There is no library for these interfaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.sources.live.answers import error_of, retry_after_s
from mawj.sources.live.budgets import of_the_day
from mawj.sources.live.json_objects import JsonObjects, Question
from mawj.sources.ready.reading_json import member, text
from mawj.tables.errors import SourceChanged, SourceGone, SourceLimited, SourceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.sources.live.budgets import Cost
    from mawj.sources.live.json_objects import Said
    from mawj.sources.live.live import Access
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.tables.errors import SourceError

OLD_TOKEN = "access_token_invalid"
NO_PERMISSION = ("scope_not_authorized", "scope_permission_missed")
DAY_IS_SPENT = ("daily_quota_limit_exceeded",)
GONE = ("user_not_found", "video_not_found", "invalid_username")


class TikTokAsking:
    """Questions to TikTok's interfaces.

    Args:
        access: addresses and keys.
        polite: how it is asked.
        grant: what is shown for a token, as a form.
    """

    def __init__(self, access: Access, polite: Polite, grant: Mapping[str, str]) -> None:
        self._access, self._polite, self._grant = access, polite, grant
        self._http = JsonObjects(polite, self._named)
        self._token = ""

    def ask(
        self,
        route: str,
        fields: str,
        body: Mapping[str, Any] | None = None,
        cost: Callable[[float], Cost] | None = None,
    ) -> Record:
        """What `data` of an answer holds.

        Args:
            route: from the version on.
            fields: of what is asked for, with commas.
            body: what is asked; None asks by GET.
            cost: what it takes of a budget, at a moment.

        Raises:
            SourceError: as `Connection.pages` says.
        """
        self._http.headings = {"Authorization": f"Bearer {self._token or self._new_token()}"}
        params = {"fields": fields} if fields else None
        question = Question(f"TikTok {route}", self._address(route), params, body)
        try:
            answer = self._http.ask(question, cost)
        except SourceRefused as error:
            if OLD_TOKEN not in str(error):
                raise
            # A token lasts some hours: get a new one, once.
            self._http.headings = {"Authorization": f"Bearer {self._new_token()}"}
            answer = self._http.ask(question, cost)
        found = answer.get("data")
        if not isinstance(found, dict):
            raise SourceChanged(f"{route} gives no object 'data'", field="data")
        return found

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _address(self, route: str) -> str:
        return f"{self._access['address'].rstrip('/')}/v2/{route}/"

    def _new_token(self) -> str:
        """A token for what we can show."""
        missing = [name for name, value in self._grant.items() if not value]
        if missing:
            raise SourceRefused(f"TikTok needs {', '.join(missing)}; see the guide to sources")
        self._http.headings = {}
        question = Question(
            "TikTok oauth/token", self._address("oauth/token"), form=self._grant
        )
        answer = self._http.ask(question)
        found = text(answer, "access_token")
        if found is None:
            raise SourceRefused(
                f"TikTok gives no token: {text(answer, 'error_description') or 'no reason'}; "
                "connect the source again"
            )
        self._token = found
        return found

    def _named(self, answer: Said) -> SourceError | None:
        """The error of an answer by its name, which is "ok" where nothing failed."""
        code = text(member(answer.said, "error"), "code")
        if code is None or code == "ok":
            return None
        said = f"TikTok: {code} {text(answer.said, 'error', 'message') or ''}".strip()
        if code in DAY_IS_SPENT:
            now = self._polite.now()
            return SourceLimited(
                said, retry_after_s=of_the_day("requests", 0, now).ends_at - now
            )
        if code == "rate_limit_exceeded":
            return SourceLimited(said, retry_after_s=retry_after_s(answer.headings))
        if code in NO_PERMISSION:
            return SourceRefused(f"{said}: the app lacks a permission", scope="kind")
        if code in GONE:
            return SourceGone(said)
        return error_of(answer.status, answer.headings, said)
