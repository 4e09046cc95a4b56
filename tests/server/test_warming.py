"""What a web process read ahead, no page reads again; what cannot be read stops nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.template.engine import Engine

from mawj.crm.members.actions import start_workspace
from mawj.crm.members.models import Workspace
from mawj.flow.finding import Wanted, find
from mawj.flow.remembered import forget, seen
from mawj.flow.why import why
from mawj.lake import row_groups
from mawj.lake.lake import Lake
from mawj.server.warming import warm_pages, warm_run, warm_workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from tests.people import House


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    # The connection of a test is not the process's own to close.
    monkeypatch.setattr("mawj.server.warming.connections.close_all", lambda: None)


def test_lists_and_reasons_find_their_files_known(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    row_groups._known.clear()
    assert warm_workspaces() == 1

    looked: list[str] = []
    look = row_groups.pq.read_metadata

    def looked_at(path: str, *told: Any) -> Any:
        looked.append(path)
        return look(path, *told)

    monkeypatch.setattr(row_groups.pq, "read_metadata", looked_at)
    with Lake.open(house.workspace.lake_path) as lake:
        found = find(seen(lake), Wanted(top=3)).found
        assert looked == []
        why(seen(lake), found[1].account_id)
        assert looked == []


def test_a_new_run_is_read_ahead_by_name(house: House) -> None:
    row_groups._known.clear()
    with Lake.open(house.workspace.lake_path) as lake:
        run_id = lake.sight().run_id
    assert run_id is not None
    warm_run(house.workspace.lake_path, run_id)
    known = {key[0].rpartition("/")[2] for key in row_groups._known}
    assert {"accounts", "directory", "influence", "influence_findings"} <= known


def test_no_template_of_a_page_is_read_when_it_is_asked_for() -> None:
    (loader,) = Engine.get_default().template_loaders
    loader.reset()
    assert warm_pages() > 50
    assert {"creator/creator.html", "find/find.html", "base.html"} <= {
        name.rpartition("/templates/")[2] for name in loader.get_template_cache
    }


def test_a_lake_that_cannot_be_read_stops_no_other(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "broken"
    (broken / "runs" / "_log" / "_delta_log").mkdir(parents=True)
    (broken / "runs" / "_log" / "_delta_log" / f"{0:020}.json").write_text("no commit")
    start_workspace("Broken", str(broken), house.users["stranger"])
    start_workspace("Empty", str(tmp_path / "empty"), house.users["stranger"])
    with caplog.at_level(logging.ERROR, "mawj"):
        assert warm_workspaces() == 1
    assert str(broken) in caplog.text
    assert Workspace.objects.count() >= 3
