"""The start page: files are looked at, loaded as jobs, and bounded."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mawj.crm.data.models import Upload
from mawj.crm.jobs.models import Job
from mawj.crm.members.actions import start_workspace
from mawj.flow.finding import Wanted, find
from mawj.flow.shared_lakes import lake_at
from mawj.web.wording import said

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, SettingsWrapper

    from tests.people import House

ACCOUNTS = """الحساب,المنصة,المتابعون,الدولة
layla_eats,instagram,"١٢٬٥٠٠",SA
omid.coffee,instagram,8.1K,IR
=cmd|' /C calc'!A0,instagram,12,SA
sara,instagram,many,AE
"""


def brought(house: House, name: str, text: str) -> Upload:
    file = SimpleUploadedFile(name, text.encode())
    gone = house.client("member").post(house.url("files/"), {"files": file})
    assert gone.status_code == 302
    return Upload.objects.latest("pk")


@pytest.fixture
def empty_house(house: House, tmp_path: Path) -> House:
    """The same people, in a workspace with nothing in it."""
    house.workspace.lake_path = str(tmp_path / "empty")
    house.workspace.save()
    return house


def test_a_file_is_looked_at_before_anything_is_stored(empty_house: House) -> None:
    upload = brought(empty_house, "حسابات.csv", ACCOUNTS)
    shown = empty_house.client("member", "ar").get(empty_house.url(f"files/{upload.pk}/"))
    seen = shown.context["seen"]
    assert seen.grain in ("accounts", "snapshots")
    assert {one.heading: one.meaning for one in seen.headings}["المتابعون"] == "followers"
    assert "layla_eats" in shown.content.decode()
    assert lake_at(empty_house.workspace.lake_path).read("accounts").count().execute() == 0


def test_a_file_is_loaded_and_what_was_set_aside_comes_back(
    empty_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload = brought(empty_house, "حسابات.csv", ACCOUNTS)
    client = empty_house.client("member")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(empty_house.url(f"files/{upload.pk}/"), {})
    job = Job.objects.get(kind="load")
    assert job.state == "done", job.error
    assert lake_at(empty_house.workspace.lake_path).read("accounts").count().execute() == 4
    shown = client.get(empty_house.url(f"jobs/{job.pk}/")).content.decode()
    assert "many" in shown or "reason" in shown
    answer = client.get(empty_house.url(f"rejected/{job.result['load_id']}.csv"))
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+@"]
    assert not Path(upload.path).exists()


def test_the_same_mapping_can_be_changed_by_hand(
    empty_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload = brought(empty_house, "x.csv", "who,size\nlayla,10\n")
    mapping = """platform = "tiktok"
[accounts]
account_id = "who"
handle = "who"
[account_snapshots]
account_id = "who"
followers = "size"
"""
    with django_capture_on_commit_callbacks(execute=True):
        url = empty_house.url(f"files/{upload.pk}/")
        empty_house.client("member").post(url, {"mapping": mapping})
    assert Job.objects.get(kind="load").state == "done", Job.objects.get(kind="load").error
    table = lake_at(empty_house.workspace.lake_path).read("account_snapshots")
    assert table.followers.sum().execute() == 10


def test_what_cannot_be_understood_fails_in_plain_words(
    empty_house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    upload = brought(empty_house, "x.csv", "foo,bar\n1,2\n")
    url = empty_house.url(f"files/{upload.pk}/")
    client = empty_house.client("member")
    assert client.get(url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {})
    job = Job.objects.get(kind="load")
    assert job.state == "failed"
    assert "Traceback" not in job.error
    assert Path(upload.path).exists(), "a file that could not be loaded is kept"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "..\\..\\x.csv", "a\x00b\n.csv", "<script>alert(1)</script>.csv"],
)
def test_a_files_name_reaches_neither_the_disk_nor_the_page_as_more_than_text(
    empty_house: House, name: str
) -> None:
    upload = brought(empty_house, name, ACCOUNTS)
    assert Path(upload.path).parent.name == "uploads"
    assert "/" not in upload.stored_as
    page = empty_house.client("member").get(empty_house.url()).content.decode()
    assert "<script>alert" not in page


def test_a_file_over_the_limit_is_refused(
    empty_house: House, settings: SettingsWrapper
) -> None:
    settings.UPLOAD_MOST_MB = 1
    file = SimpleUploadedFile("big.csv", b"a,b\n" + b"1,2\n" * 2**19)
    gone = empty_house.client("member").post(empty_house.url("files/"), {"files": file})
    assert gone.status_code == 400
    assert not Upload.objects.exists()


def test_files_and_jobs_of_another_workspace_are_not_found(empty_house: House) -> None:
    other = start_workspace("Other", "", empty_house.users["stranger"])
    upload = Upload.objects.create(workspace=other, name="x", stored_as="x", n_bytes=1)
    job = Job.objects.create(workspace=other, kind="run")
    client = empty_house.client("owner")
    for path in (f"files/{upload.pk}/", f"jobs/{job.pk}/"):
        assert client.get(empty_house.url(path)).status_code == 404
    assert client.post(empty_house.url(f"files/{upload.pk}/drop/")).status_code == 404


def test_a_job_that_runs_asks_again_and_one_that_is_done_does_not(house: House) -> None:
    job = Job.objects.create(
        workspace=house.workspace, kind="run", state="running", n_done=3, n_steps=12
    )
    client = house.client("guest")
    assert 'value="0.25"' in client.get(house.url(f"jobs/{job.pk}/")).content.decode()
    part = client.get(house.url(f"jobs/{job.pk}/"), headers={"hx-request": "true"})
    assert "every 1s" in part.content.decode()
    assert "HX-Refresh" not in part
    Job.objects.update(state="failed", error="disk <full>")
    part = client.get(house.url(f"jobs/{job.pk}/"), headers={"hx-request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "disk &lt;full&gt;" in part.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("reads", ["en", "ar", "fa"])
def test_a_job_is_called_in_the_language_of_whoever_reads(own_house: House, reads: str) -> None:
    """One that began in Arabic, and one of an older version that stored words."""
    accounts = [one.account_id for one in find(lake_at(own_house.workspace.lake_path),
                                               Wanted(top=5)).found]  # fmt: skip
    began = own_house.client("member", "ar")
    began.post(own_house.url("vet/"), {"accounts": "\n".join(accounts)})
    began.post(own_house.url("compute/"))
    Job.objects.create(workspace=own_house.workspace, kind="run", title="احسب")
    vetting = Job.objects.get(kind="vet")
    assert vetting.title == ", ".join(accounts[:3])
    client = own_house.client("owner", reads)
    many = f"<bdi>{said('vet.n_accounts', reads, n=5)}</bdi>"
    start = client.get(own_house.url()).content.decode().replace("۵", "5")
    assert many in start
    for job in Job.objects.all():
        page = client.get(own_house.url(f"jobs/{job.pk}/")).content.decode().replace("۵", "5")
        head = re.search("<h1>(.*?)</h1>", page)[1]  # type: ignore[index]
        about = f": {many}" if job == vetting else ""
        assert head == said(f"start.{job.kind}", reads) + about


def test_pages_of_a_start_ask_the_database_little(
    house: House, django_assert_max_num_queries: object
) -> None:
    client = house.client("member")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(house.url())
