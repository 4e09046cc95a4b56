"""JSON objects over HTTP: paid for from a budget, errors read from what an answer says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mawj.sources.live.web import Web
from mawj.tables.errors import SourceChanged, SourceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.sources.live.budgets import Cost
    from mawj.sources.live.polite import Polite
    from mawj.sources.raw import Record
    from mawj.tables.errors import SourceError


@dataclass(frozen=True)
class Question:
    """One request.

    Attributes:
        what: what it is called in messages.
        address: where it goes; no key may be in it, since addresses are logged.
        params: of the query, those without a value left out; no key likewise.
        body: sent by POST as JSON; None asks by GET.
        form: sent by POST as a form.
    """

    what: str
    address: str
    params: Mapping[str, Any] | None = None
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Said:
    """What came back: `what` was asked; `said` is empty where it is no JSON object."""

    what: str
    status: int
    headings: Mapping[str, str]
    said: Record


class JsonObjects:
    """Questions to one interface.

    Args:
        polite: how it is asked.
        named: the error that an answer names, None where it names none.
        note: takes down what an answer says is left; usual headings are read besides.
    """

    def __init__(
        self,
        polite: Polite,
        named: Callable[[Said], SourceError | None],
        note: Callable[[Said], None] = lambda _: None,
    ) -> None:
        self._polite, self._named, self._note = polite, named, note
        self._web = Web(polite, fault=self._fault)
        self._what = ""
        self.headings: dict[str, str] = {}

    def ask(self, question: Question, cost: Callable[[float], Cost] | None = None) -> Record:
        """The JSON object that answers.

        Args:
            question: what is asked.
            cost: what it takes of a budget, at a moment.

        Raises:
            SourceError: as `Connection.pages` says.
        """
        return self._polite.ask(lambda: self._once(question), cost)

    def close(self) -> None:
        """Let go of connections."""
        self._web.close()

    def _once(self, question: Question) -> Record:
        self._what = question.what
        is_get = question.body is None and question.form is None
        told = (question.params or {}).items()
        params = {name: value for name, value in told if value not in (None, "")}
        response = self._web.once(
            question.address, method="GET" if is_get else "POST", params=params or None,
            json=question.body, data=question.form, headers=self.headings,
        )  # fmt: skip
        found = _json(response)
        if found is None:
            raise SourceUnreachable(f"{question.what}: the answer is broken JSON")
        if not isinstance(found, dict):
            raise SourceChanged(f"{question.what} gives no object", field=question.what)
        return found

    def _fault(self, response: Any) -> SourceError | None:
        found = _json(response)
        content = found if isinstance(found, dict) else {}
        said = Said(self._what, response.status_code, response.headers, content)
        self._note(said)
        return self._named(said)


def _json(response: Any) -> Any:
    """What an answer holds; None where it is no JSON."""
    try:
        return response.json()
    except ValueError:
        return None


def listed(answer: Record, name: str, method: str) -> list[Record]:
    """The list of objects called `name`.

    Raises:
        SourceChanged: the answer has none, or it holds something else than objects.
    """
    found = answer.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SourceChanged(
            f"{method} gives no list {name!r} of objects any more; Mawj must learn its new "
            "shape: nothing of this page was stored",
            field=name,
        )
    return found
