"""An assistant's tools, by the protocol's own client, against the served product."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from mawj.api.mcp import server
from mawj.flow.facets_asked import FACETS
from tests.live import Live, served

if TYPE_CHECKING:
    from pathlib import Path


async def called(live: Live, who: str, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    environment = {
        "MAWJ_URL": live.base, "MAWJ_TOKEN": live.tokens[who], "MAWJ_WORKSPACE": "qahwa",
        "PYTHONPATH": live.environment.get("PYTHONPATH", ""), "PATH": live.environment["PATH"],
    }  # fmt: skip
    told = StdioServerParameters(
        command=sys.executable, args=["-m", "mawj.api.mcp"], env=environment
    )
    async with stdio_client(told) as streams, ClientSession(*streams) as session:
        await session.initialize()
        names = {tool.name for tool in (await session.list_tools()).tools}
        assert {"find_creators", "explain_influence", "vet_creators", "plan_campaign"} <= names
        return [await session.call_tool(name, asked) for name, asked in calls]


def test_finding_takes_every_facet_with_its_choices() -> None:
    told = {tool.name: tool for tool in asyncio.run(server.list_tools())}["find_creators"]
    taken = told.input_schema["properties"]
    for facet in FACETS:
        assert taken[facet.name]["description"] == facet.metadata["says"]
        assert taken[facet.name].get("enum", [""])[1:] == list(facet.metadata["choices"])
        assert taken[facet.name]["default"] == facet.default
    assert "facets" not in taken


def text(answer: Any) -> str:
    return "".join(part.text for part in answer.content)


@pytest.mark.served
def test_an_assistant_finds_explains_and_is_refused(tmp_path: Path, built_lake: Path) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(built_lake, lake)
    with served(tmp_path / "home", lake) as live:
        first = live.get("/api/v1/w/qahwa/find?subject=coffee&top=1")["found"][0]
        found, nobody, why, *refused = asyncio.run(
            called(
                live, "guest",
                ("find_creators", {"subject": "قهوة", "top": 3}),
                ("find_creators", {"subject": "قهوة", "trust": "serious"}),
                ("explain_influence", {"account": first["account_id"]}),
                ("price_creators", {"accounts": [first["account_id"]]}),
                ("find_creators", {"subject": "قهوة", "fee_at_most": 900}),
                ("find_creators", {"subject": "قهوة", "trust": "saintly"}),
            )
        )  # fmt: skip
    assert len(json.loads(text(found))["found"]) == 3
    assert json.loads(text(why))["reasons"]
    assert json.loads(text(nobody))["found"] == [], "nobody was vetted"
    assert all(one.is_error for one in refused), "a guest's token sees no prices"
