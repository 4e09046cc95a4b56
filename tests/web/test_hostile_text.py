"""What a hostile hand wrote into names, bios, posts and file names stays text on every page."""

from __future__ import annotations

import csv
import io
import shutil
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mawj.crm.brands.actions import write_brand
from mawj.crm.creators.actions import add_to_list, change_entry, start_list, write_note
from mawj.crm.creators.models import ListFile
from mawj.crm.jobs.models import Job
from mawj.crm.members.actions import invite, make_token
from mawj.crm.members.roles import Access, Role
from mawj.crm.plans.models import SavedPlan
from mawj.crm.replies.actions import make_link, reply
from mawj.crm.searches.actions import save_search
from mawj.crm.watching.models import Alert, Watch
from mawj.flow.loading import load_tables
from mawj.flow.running import RunAsked, run
from mawj.flow.settings import settings_in_force
from mawj.flow.shared_lakes import close_lakes, lake_at
from mawj.flow.source_states import SourceState, save
from mawj.flow.vet_kept import kept_vettings
from mawj.lake.lake import Lake
from mawj.web.csv_answers import csv_answer, safe_cell
from tests.people import House, house_with
from tests.server.test_access import ours, patterns
from tests.web.spoilt import EVIL, MARKS, N_IDS, URLS, WORD, read, spoilt_tables
from tests.web.test_plan import FORM
from tests.web.test_start import brought

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

    from mawj.crm.creators.models import Entry

FAR = "192.0.2.1"
"""An address that nobody has (RFC 5737)."""
BRAND = f"""name = '''{EVIL}'''
[[competitor]]
name = '''{MARKS[0]}'''
handle = "@zlo"
site = "http://{FAR}/zlo"
[[red_line]]
words = ['''{MARKS[1]}''']
"""
NAME = "<img src=x onerror=zlo()>"
FILE = f"""account,platform,followers,url,name
layla,instagram,12,http://{FAR}/zlo,{MARKS[0]}
=cmd|' /C calc'!A0,instagram,many {MARKS[0]},http://{FAR}/zlo,@SUM(1)
"""
ASKED = ("subject", "account", "topic", "accounts", "by", "about", "platform", "grain", "next")
"""What pages read from the address."""
POSTED = {
    "vet/": {"accounts": EVIL}, "lists/add/": {"accounts": EVIL}, "brand/": {"text": EVIL},
    "lists/start/": {"name": " "}, "plan/new/": {"text": EVIL},
}  # fmt: skip
"""What is refused, so that the refusal repeats it."""
SHOWN = {
    "start", "start_file", "start_job", "find", "find_change", "find coffee", "creator",
    "creator_counts",
    "creator_vetting", "compare sides", "vet", "vet_one", "brand", "brand_one", "lists",
    "lists_one", "lists_entry", "lists_file", "lists_file waits", "plan", "plan_one",
    "plan_new", "plan_report", "replies", "reply", "team", "team_join", "team_trail",
    "post brand/", "post plan/new/", "after vet/",
}  # fmt: skip
"""Where hostile text must be seen, so that its absence elsewhere means something."""
FORMULA = "=+-@\t\r\n＝＋－＠"
NOT_FOUND = {"welcome"}
"""Addresses that only a secret of a first start opens."""


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every place outside this machine that somebody tried to reach; none is let through."""
    tried: list[Any] = []
    connect, ask = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
            tried.append(address)
            raise ConnectionRefusedError(f"no way out to {address}")
        connect(self, address)

    def asked(host: Any, *told: Any, **named: Any) -> Any:
        if host not in ("127.0.0.1", "::1", "localhost"):
            tried.append(host)
            raise socket.gaierror(f"no way to ask for {host}")
        return ask(host, *told, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    return tried


@dataclass(frozen=True)
class Spoilt:
    """A workspace in which everything that can be written is hostile."""

    house: House
    values: dict[str, Any]
    secrets: dict[str, str]

    def addresses(self, account: str) -> Iterator[tuple[str, Access, str]]:
        """Every page: its name, whose it is, and its address, about `account`."""
        known = dict(patterns())
        for name, access in ours():
            holes = known[name].pattern.converters
            values = self.values | {
                "account": account, "secret": self.secrets.get(name, "no-such-secret"),
            }  # fmt: skip
            yield name, access, reverse(name, kwargs={hole: values[hole] for hole in holes})


@pytest.fixture(scope="module")
def spoilt_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The spoilt world, loaded and computed."""
    folder = tmp_path_factory.mktemp("spoilt") / "lake"
    with Lake.open(folder) as lake:
        load_tables(lake, spoilt_tables())
        run(lake, RunAsked(settings_in_force(), by_meaning=False))
    return folder


@pytest.fixture
def spoilt(
    db: None, spoilt_lake: Path, tmp_path: Path, reached: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Iterator[Spoilt]:  # fmt: skip
    """Loaded and computed, with a list, a brand, a vetting, a plan and more, all hostile."""
    house = house_with(shutil.copytree(spoilt_lake, tmp_path / "lake"))
    with django_capture_on_commit_callbacks(execute=True):
        made = _filled(house)
    states = {f"{job.kind}: {job.error}" for job in Job.objects.exclude(state="done")}
    assert states == set()
    yield replace(made, values=made.values | _done(house))
    close_lakes()


def _filled(house: House) -> Spoilt:
    here, member, client = house.workspace, house.users["member"], house.client("member")
    here.name = EVIL[:120]
    here.save()
    for user in house.users.values():
        user.name = EVIL[:120]
        user.save()
    entry = _listed(house)
    brand = write_brand(here, member, BRAND)
    loaded = brought(house, f"=1+1 {NAME}.csv", FILE)
    client.post(house.url(f"files/{loaded.pk}/"), {})
    waiting = brought(house, f"{NAME} \u202egnp.csv", FILE)
    accounts = "\n".join(hostile_accounts(house)[:4])
    client.post(house.url("vet/"), {"accounts": accounts, "brand": brand.pk})
    client.post(house.url("plan/new/"), FORM | {"name": EVIL[:150], "currency": "SAR"})
    for name in (NAME, f"=1+1 {NAME}"):
        file = SimpleUploadedFile(f"{name}.csv", FILE.encode())
        client.post(house.url(f"lists/{entry.list.pk}/files/"), {"file": file})
    waits, taken = ListFile.objects.order_by("pk")
    client.post(house.url(f"lists/{entry.list.pk}/files/{taken.pk}/"), {})
    link, secret = make_link(here, member, entry.account_id)
    said = reply(link, "dispute", "engagement", EVIL)
    invitation, key = invite(here, "zlo@example.org", Role.GUEST, house.users["owner"])
    token, _ = make_token(here, member, EVIL[:80], may_write=False)
    seen = Watch.objects.create(workspace=here, user=member, account_id=entry.account_id)
    Alert.objects.create(watch=seen, kind="finding", key="x", told={"finding": EVIL})
    whole = Watch.objects.create(workspace=here, user=member, list=entry.list)
    Alert.objects.create(watch=whole, kind="moved", key="x",
                         told={"n": 1, "points": 3.0, "who": [[EVIL, 1.0]]})  # fmt: skip
    search = save_search(here, member, EVIL[:120], f"subject={quote(EVIL)}", is_shared=True)
    first = Watch.objects.create(workspace=here, user=member, search=search)
    Alert.objects.create(watch=first, kind="new", key="x", told={"n": 1, "who": [EVIL]})
    values = {
        "workspace": here.slug, "search": search.pk, "source": _asked_for(house),
        "found": entry.list.pk, "entry": entry.pk, "brand": brand.pk,
        "upload": waiting.pk, "reply": said.pk, "invitation": invitation.pk,
        "file": taken.pk, "waits": waits.pk,
        "token": token.pk, "member": here.memberships.get(user=member).pk,
    }  # fmt: skip
    return Spoilt(house, values, {"reply": secret, "team_join": key})


def _done(house: House) -> dict[str, Any]:
    """What the jobs made."""
    loaded = Job.objects.get(kind="load")
    vetting = kept_vettings(lake_at(house.workspace.lake_path))[0]["vetting_id"]
    return {
        "job": loaded.pk, "load": loaded.result["load_id"], "vetting": vetting,
        "plan": SavedPlan.objects.get().pk,
    }  # fmt: skip


def _asked_for(house: House) -> str:
    """A source that is asked for words and failed with more of them."""
    now = timezone.now()
    told = SourceState("bluesky", "search", EVIL, "bluesky", None, None, now,
                       failed_at=now, error=f"SourceGone: {EVIL}")  # fmt: skip
    save(lake_at(house.workspace.lake_path), [told])
    return told.source


def _listed(house: House) -> Entry:
    member = house.users["member"]
    found = start_list(house.workspace, member, EVIL[:100])
    add_to_list(found, member, {hostile_accounts(house)[0]: EVIL[:200]})
    entry = found.entries.get()
    today = timezone.now().date()
    change_entry(entry, member, tags=["=1+1", *MARKS], owner=member, remind_on=today)
    write_note(entry, member, EVIL)
    return entry


def hostile_accounts(house: House) -> list[str]:
    table = lake_at(house.workspace.lake_path).read("accounts")
    rows = table.filter(table.account_id.contains(WORD)).account_id.to_pyarrow()
    return sorted(rows.to_pylist())


def answers(spoilt: Spoilt) -> Iterator[tuple[str, Any]]:
    """What every address answers to a member, to the owner where it is the owner's.

    Each is asked as it is and with evil in its query; pages of a creator for every hostile one.
    """
    clients = {who: spoilt.house.client(who, "ar") for who in ("member", "owner")}
    accounts = hostile_accounts(spoilt.house)
    assert len(accounts) == N_IDS
    for name, access, url in spoilt.addresses(accounts[0]):
        client = clients["owner" if access is Access.OWNER else "member"]
        yield f"{name} asked", client.get(url, dict.fromkeys(ASKED, EVIL))
        yield name, client.get(url + ("?stop=0" if name == "plan_budget" else ""))
    client = clients["member"]
    for account in accounts[1 : len(MARKS)]:
        for name, _, url in spoilt.addresses(account):
            if name in ("creator", "creator_counts", "creator_vetting"):
                yield f"{name} more", client.get(url)
    waits = f"lists/{spoilt.values['found']}/files/{spoilt.values['waits']}/"
    yield "lists_file waits", client.get(spoilt.house.url(waits))
    yield "compare sides", client.get(spoilt.house.url("compare/"), {"account": accounts[:3]})
    yield "find coffee", client.get(spoilt.house.url("find/"), {"subject": "coffee"})
    for path, told in POSTED.items():
        yield (
            f"post {path}",
            client.post(spoilt.house.url(path), told | {"list": spoilt.values["found"]}),
        )
        yield f"after {path}", client.get(spoilt.house.url())


def text_of(answer: Any) -> str:
    said = b"".join(answer) if answer.streaming else answer.content
    return str(said.decode("utf-8", "replace"))


def cells_of(text: str) -> list[str]:
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    return [cell for row in rows for cell in row]


def test_hostile_text_stays_text_in_every_answer_and_leads_nowhere(
    spoilt: Spoilt, reached: list[Any]
) -> None:
    faults, told, shown, files = [], {}, set(), {}
    for name, answer in answers(spoilt):
        told[name] = answer.status_code
        kind = answer.get("Content-Type", "")
        if kind.startswith("text/html"):
            found = read(text_of(answer))
            faults += [(name, fault) for fault in found.faults]
            shown |= {name} if found.n_shown else set()
        elif kind.startswith("text/csv"):
            files[name] = cells_of(text_of(answer))
    assert faults == []
    assert {name: code for name, code in told.items() if code >= 500} == {}
    lost = {n for n, code in told.items() if " " not in n and code not in (200, 302, 405)}
    assert lost == NOT_FOUND
    assert shown >= SHOWN, "the walk is worth something only where hostile text stands"
    named = {name for name in files if " " not in name}
    assert named == {"lists_export", "start_rejected", "lists_left_out"}
    cells = [cell for found in files.values() for cell in found]
    assert [cell for cell in cells if cell[:1] and cell[:1] in FORMULA] == []
    assert any(cell.startswith("'=") for cell in files["start_rejected"])
    assert any(cell.startswith("'=1+1") for cell in files["lists_export"])
    assert any(cell.startswith("'=") for cell in files["lists_left_out"])
    assert reached == []


def test_who_leaves_this_machine_is_noticed(reached: list[Any]) -> None:
    with pytest.raises(OSError, match="no way"):
        socket.create_connection((FAR, 80), timeout=1)
    with pytest.raises(OSError, match="no way"):
        urlopen("http://zlo.example/", timeout=1)
    assert reached == [FAR, "zlo.example"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1+1", "\ufeff=1", "＝1+1",
     "＠SUM(1)", "\u200e=1", "\x00=1"],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_compute_is_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-1.5", "+7", "1e-9", "قهوة", "a=b", "", "  x"])
def test_a_cell_that_computes_nothing_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_a_cell_stays_one_where_semicolons_part_them() -> None:
    text = b"".join(csv_answer("x.csv", ["a"], [["x;=1+1"]])).decode()
    assert '"x;=1+1"' in text


def test_the_reader_finds_what_comes_through() -> None:
    for page in (
        *(f"<p>{mark}</p>" for mark in MARKS[:2]), f"<input value='{MARKS[2]}'>",
        f"<script>let x = '{MARKS[3]}'</script>", f"<p>{MARKS[4]} and more</p>",
        f"<p>{MARKS[6]}-->", *(f'<a href="{url}">x</a>' for url in URLS[:3]),
    ):  # fmt: skip
        assert read(page).faults, page
    assert read("<p>&lt;script&gt;zlo()</p><bdi>\u202ezlo</bdi>").faults == []
