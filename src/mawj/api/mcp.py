"""Tools for assistants over the API, by the Model Context Protocol on standard input.

`mawj mcp` starts it. It is a client of the API like any other: MAWJ_URL says where the product
is, MAWJ_TOKEN what opens it, MAWJ_WORKSPACE which workspace.
"""

from __future__ import annotations

import inspect
import json
import os
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import quote, urlencode

from mcp.server import MCPServer
from pydantic import Field

from mawj.flow.facets_asked import FACETS
from mawj.tables.errors import ActionRefused, SettingsError

if TYPE_CHECKING:
    import dataclasses
    from collections.abc import Callable

WAIT_S = 600
"""How long a tool waits for a job before it says where to look (our judgement)."""
ABOUT = (
    "Mawj ranks, vets and plans creators on loaded social data. Scores run from 0 to 100 and "
    "come with a 90 % interval and reasons that add up to them. Always name the interval, and "
    "say 'not assessed' where something is null or not assessed. A finding of a vetting says "
    "what was seen and accuses nobody. Amounts ending in _minor are in the smallest unit of "
    "the currency."
)
server = MCPServer("mawj", instructions=ABOUT)


def with_facets(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with one more argument for each facet of a search."""
    own = inspect.signature(tool, eval_str=True)
    more = [
        inspect.Parameter(
            facet.name, inspect.Parameter.KEYWORD_ONLY, default=facet.default,
            annotation=Annotated[_kind(facet), Field(description=facet.metadata["says"])],
        )
        for facet in FACETS
    ]  # fmt: skip
    plain = [one for one in own.parameters.values() if one.kind is not one.VAR_KEYWORD]
    tool.__signature__ = own.replace(parameters=[*plain, *more])  # type: ignore[attr-defined]
    return tool


def _kind(facet: dataclasses.Field[Any]) -> Any:
    choices = facet.metadata["choices"]
    return Literal["", *choices] if choices else type(facet.default)


@server.tool()
@with_facets
def find_creators(
    subject: str, language: str = "", country: str = "", platform: str = "", top: int = 10,
    **facets: str | float,
) -> Any:  # fmt: skip
    """Who moves an audience on a subject, best match first.

    Args:
        subject: words in any spelling of Arabic, Persian or English.
        language: ar, fa or en that they write; empty for any.
        country: two letters; empty for any.
        platform: instagram, tiktok, youtube, x, telegram …; empty for any.
        top: how many at most.
        facets: trust, audience and fees, each as it says itself.
    """
    asked = {"subject": subject, "language": language, "country": country,
             "platform": platform, "top": top, **facets}  # fmt: skip
    return _get("find", {key: value for key, value in asked.items() if value})


@server.tool()
def explain_influence(account: str, topic: str = "") -> Any:
    """Why an account's influence is what it is: reasons that add up to it, with posts."""
    return _get(f"creators/{quote(account)}/why", {"topic": topic} if topic else {})


@server.tool()
def compare_creators(accounts: list[str]) -> Any:
    """Two to five accounts side by side, and the chance that the first is above the second."""
    return _get("compare", {"account": accounts})


@server.tool()
def vet_creators(accounts: list[str]) -> Any:
    """Check whether accounts can be trusted: findings with their evidence, by account."""
    job = _done(_post("vettings", {"accounts": accounts}))
    if job["state"] != "done":
        return job
    return {one: _get(f"creators/{quote(one)}/vetting", {}) for one in accounts}


@server.tool()
def price_creators(accounts: list[str]) -> Any:
    """What their usual posts may cost, line by line with sources and ranges."""
    return _get("prices", {"account": accounts})


@server.tool()
def plan_campaign(brief: str) -> Any:
    """A plan for a brief: whom to choose, for how much, what to expect, and why.

    Args:
        brief: the text of a brief file in TOML, for instance
            name = "Ramadan coffee"
            goal = "awareness_market"
            subject = "specialty coffee"
            budget = 60000
            currency = "SAR"
            from = 2027-01-10
            until = 2027-02-20
            [audience]
            countries = ["SA"]
            [creators]
            at_least = 3
            at_most = 8
    """
    plan = _post("plans", {"brief": brief})
    job = _done({"id": plan["job_id"]})
    return _get(f"plans/{plan['id']}", {}) if job["state"] == "done" else job


@server.tool()
def what_is_loaded() -> Any:
    """What can be said of the loaded data, what cannot, and what to load next."""
    return _get("coverage", {})


def _done(job: dict[str, Any]) -> Any:
    """The job once it is over, or as it stands after `WAIT_S`."""
    ends = time.monotonic() + WAIT_S
    while True:
        seen = _get(f"jobs/{job['id']}", {})
        if seen["state"] in ("done", "failed") or time.monotonic() > ends:
            return seen
        time.sleep(1)


def _get(path: str, asked: dict[str, Any]) -> Any:
    query = "?" + urlencode(asked, doseq=True) if asked else ""
    return _call(urllib.request.Request(_address(path) + query))


def _post(path: str, told: dict[str, Any]) -> Any:
    body = json.dumps(told).encode()
    headers = {"Content-Type": "application/json"}
    return _call(urllib.request.Request(_address(path), body, headers))


def _address(path: str) -> str:
    base = os.environ.get("MAWJ_URL", "http://127.0.0.1:8000").rstrip("/")
    if not base.startswith(("http://", "https://")):
        raise SettingsError("MAWJ_URL must begin with http:// or https://")
    return f"{base}/api/v1/w/{quote(_told('MAWJ_WORKSPACE'))}/{path}"


def _told(name: str) -> str:
    told = os.environ.get(name, "")
    if not told:
        raise SettingsError(f"{name} is not set; see docs/guides/assistants.md")
    return told


def _call(request: urllib.request.Request) -> Any:
    request.add_header("Authorization", f"Bearer {_told('MAWJ_TOKEN')}")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            said = json.load(error)["said"]
        except (ValueError, KeyError):
            said = str(error)
        raise ActionRefused(said) from error


def main() -> None:
    """Serve the tools until the assistant closes."""
    server.run("stdio")


if __name__ == "__main__":
    main()
