from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mawj.lake.erase import NOTE, erase
from mawj.lake.lake import Lake
from mawj.lake.settings import LakeSettings
from mawj.lake.suppression import digest_of
from mawj.tables.errors import LakeBusy, LakeError
from tests.lake.rows import account, accounts, load, table
from tests.lake.test_raw import raw_rows
from tests.lake.test_runs import begin, ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mawj.lake.erase import Erased

KEY = b"key"
SETTINGS = LakeSettings(memory_mb=512, threads=2, wait_s=5, suppression_key=KEY)
GONE = "x:4211007"
HANDLE = "layla_k"
SIGNS = re.compile(r"4211007|[@'\"/]layla_k(?![a-z_])", re.IGNORECASE)


def post(number: str, author: str, **more: Any) -> dict[str, Any]:
    return {"post_id": f"x:{number}", "account_id": author, "platform": "x", **more}


def fill(lake: Lake) -> None:
    """A small lake in which one person, GONE, is everywhere."""
    lake.keep_raw("l1", pa.table({
        "row": pa.array([1, 2, 3], pa.int64()),
        "record": [
            json.dumps({"author": "4211007", "text": "me"}),
            json.dumps({"author": "77", "text": "hello @Layla_K!", "to": HANDLE}),
            json.dumps({"author": "78", "text": "news"}),
        ],
        "account_ids": pa.array([[GONE], ["x:77"], ["x:78"]], pa.list_(pa.string())),
    }))  # fmt: skip
    lake.upsert("accounts", table(
        "accounts", account("4211007", account_id=GONE, handle=HANDLE, name="Layla"),
        account("77"), account("78", bio="friend of @layla_k. and @layla_kk"),
    ))  # fmt: skip
    lake.upsert("posts", table(
        "posts", post("p1", GONE, text="mine"),
        post("p2", "x:77", text="hi @layla_k @layla_k", mentions=[HANDLE, "bob"],
             reply_to_post_id="x:p1", reply_to_account_id=GONE),
        post("p3", "x:78", text="mine", repost_of_account_id=GONE),
        post("p4", "x:78", text="x.com/layla_k is nice",
             links=["https://x.com/layla_k", "a.sa"]),
    ))  # fmt: skip
    lake.upsert("follows", table(
        "follows", {"follower_id": "x:77", "followed_id": GONE},
        {"follower_id": GONE, "followed_id": "x:77"},
        {"follower_id": "x:77", "followed_id": "x:78"},
    ))  # fmt: skip
    lake.upsert("comments", table(
        "comments", {"comment_id": "x:c1", "post_id": "x:p2", "account_id": GONE, "text": "ha"},
        {"comment_id": "x:c2", "post_id": "x:p2", "account_id": "x:78",
         "parent_comment_id": "x:c1"},
        {"comment_id": "x:c3", "post_id": "x:p1", "account_id": "x:78"},
    ))  # fmt: skip
    lake.upsert("listings", table(
        "listings", {"list_id": "x:l", "account_id": "x:77", "owner_id": GONE},
        {"list_id": "x:l", "account_id": GONE},
    ))  # fmt: skip
    lake.upsert("loads", load("l1", 3))


def finished(lake: Lake, *whose: str) -> str:
    run = begin(lake)
    run.write("people", table("people", *(
        {"account_id": who, "person_id": who, "n_accounts": 1, "linked_by": "alone"}
        for who in whose
    )))  # fmt: skip
    run.write("search_terms", table("search_terms", *(
        {"term": term, "account_id": who, "weight": 1.0, "n_posts": 1, "in_name": False,
         "in_bio": True}
        for term, who in ((HANDLE, GONE), (HANDLE, "x:78"), ("friend", "x:78"))
    )), sort_by=("term",))  # fmt: skip
    return run.finish().run_id


def gone(lake: Lake) -> Erased:
    return erase(lake, [GONE], key=KEY, reason="asked for it")


def signs_on_disk(folder: Path) -> list[str]:
    """Files in which the person still shows, read with nothing of ours."""
    found = []
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        content = str(pq.read_table(file).to_pylist()) if file.suffix == ".parquet" else ""
        content += file.read_bytes().decode("latin-1") + str(file)
        if SIGNS.search(content):
            found.append(str(file))
    return found


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a lake with two runs, the person still in it."""
    folder = tmp_path_factory.mktemp("before") / "lake"
    with Lake.open(folder, settings=SETTINGS) as lake:
        fill(lake)
        finished(lake, GONE, "x:77")
        lake.upsert("posts", table("posts", post("p9", "x:77", text="later")))
        finished(lake, GONE, "x:77")
    return folder


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Erased]:
    """The same lake once the person has been erased, and the proof."""
    folder = shutil.copytree(before, tmp_path_factory.mktemp("after") / "lake")
    with Lake.open(folder, settings=SETTINGS) as lake:
        return folder, gone(lake)


@pytest.fixture
def full_lake(before: Path, tmp_path: Path) -> Iterator[Lake]:
    folder = shutil.copytree(before, tmp_path / "lake")
    with Lake.open(folder, settings=SETTINGS) as lake:
        yield lake


@pytest.fixture
def lake(after: tuple[Path, Erased], tmp_path: Path) -> Iterator[Lake]:
    """A lake from which the person was erased."""
    folder = shutil.copytree(after[0], tmp_path / "lake")
    with Lake.open(folder, settings=SETTINGS) as opened:
        yield opened


@pytest.fixture
def erased(after: tuple[Path, Erased]) -> Erased:
    return after[1]


def test_no_file_shows_the_person_any_more(after: tuple[Path, Erased]):
    folder, erased = after

    assert signs_on_disk(folder) == []
    assert erased.scan.hits == ()
    assert erased.scan.n_files == sum(file.is_file() for file in folder.rglob("*"))
    assert erased.scan.n_rows > 20


def test_the_sign_search_of_these_tests_finds_the_person_beforehand(before: Path):
    hit = {str(Path(file).parent.relative_to(before)) for file in signs_on_disk(before)}

    assert {"raw/l1", "observed/accounts", "observed/posts", "observed/follows"} <= hit
    assert any(path.startswith("runs/") for path in hit)


def test_the_person_s_own_rows_go_and_all_others_stay(
    erased: Erased, rows_of: Callable[..., list[dict[str, Any]]]
):
    assert [row["account_id"] for row in rows_of("accounts", "account_id")] == ["x:77", "x:78"]
    assert [row["post_id"] for row in rows_of("posts", "post_id")] == ["x:p2", "x:p4", "x:p9"]
    assert rows_of("follows", "follower_id", "followed_id") == [
        {"follower_id": "x:77", "followed_id": "x:78"}
    ]
    assert [row["comment_id"] for row in rows_of("comments", "comment_id")] == ["x:c2"]


def test_links_to_the_person_become_null_and_names_are_taken_out(
    erased: Erased, rows_of: Callable[..., list[dict[str, Any]]]
):
    columns = (
        "post_id",
        "text",
        "mentions",
        "reply_to_post_id",
        "reply_to_account_id",
        "links",
    )
    replies, _, _ = rows_of("posts", *columns)

    assert replies["text"] == "hi @[erased] @[erased]"
    assert replies["mentions"] == ["bob"]
    assert (replies["reply_to_post_id"], replies["reply_to_account_id"]) == (None, None)
    assert rows_of("posts", "post_id", "text", "links")[1] == {
        "post_id": "x:p4", "text": "x.com/[erased] is nice", "links": ["a.sa"]
    }  # fmt: skip
    assert rows_of("comments", "parent_comment_id") == [{"parent_comment_id": None}]
    assert rows_of("listings", "account_id", "owner_id") == [
        {"account_id": "x:77", "owner_id": None}
    ]


def test_a_longer_handle_that_begins_alike_is_left_alone(
    erased: Erased, rows_of: Callable[..., list[dict[str, Any]]]
):
    bios = [row["bio"] for row in rows_of("accounts", "account_id", "bio")]

    assert bios == [None, "friend of @[erased]. and @layla_kk"]


def test_raw_rows_of_the_person_go_and_others_lose_the_name(erased: Erased, lake: Lake):
    rows = lake.read_raw("l1").order_by("row").to_pyarrow().to_pylist()

    assert [row["row"] for row in rows] == [2, 3]
    assert json.loads(rows[0]["record"])["text"] == "hello @[erased]!"
    assert json.loads(rows[1]["record"])["text"] == "news"


def test_every_kept_run_loses_the_person_and_says_so(erased: Erased, lake: Lake):
    for record in lake.runs():
        assert ids(lake, run_id=record.run_id) == ["x:77"]
        assert record.note == NOTE
        assert record.row_counts == {"people": 1, "search_terms": 1}
        terms = lake.read("search_terms", run_id=record.run_id).to_pyarrow()
        assert terms["term"].to_pylist() == ["friend"]


def test_a_run_still_reads_the_version_it_was_made_from(erased: Erased, lake: Lake):
    first, second = lake.runs()

    posts = [
        sorted(lake.read("posts", run_id=record.run_id).to_pyarrow()["post_id"].to_pylist())
        for record in (first, second)
    ]

    assert posts == [["x:p2", "x:p4"], ["x:p2", "x:p4", "x:p9"]]


def test_the_proof_counts_rows_before_and_after(erased: Erased):
    follows = next(rows for rows in erased.tables if rows.table == "observed/follows")

    assert (follows.n_before, follows.n_removed, follows.n_after) == (3, 2, 1)
    assert erased.handles == (f"x:{HANDLE}",)
    assert any("reports" in sentence for sentence in erased.cannot_reach)


def test_only_a_keyed_digest_is_remembered(erased: Erased, lake: Lake):
    folder = lake.root.path / "suppressed"
    listed = pa.concat_tables(
        pq.read_table(file) for file in folder.glob("*.parquet")
    ).to_pylist()

    assert erased.n_suppressed == 2
    assert {digest_of(KEY, GONE), digest_of(KEY, f"x:{HANDLE}")} <= {
        row["digest"] for row in listed
    }


def test_later_loads_leave_the_person_out_and_count_it(erased: Erased, lake: Lake):
    done = lake.upsert("accounts", accounts("4211007", "79"))
    posts = lake.upsert("posts", table(
        "posts", post("q1", GONE), post("q2", "x:79", text="dear @Layla_K", mentions=[HANDLE]),
    ))  # fmt: skip
    lake.keep_raw("l2", raw_rows("4211007", "79"))

    assert (done.n_new, done.n_suppressed) == (1, 1)
    assert (posts.n_new, posts.n_suppressed) == (1, 1)
    found = lake.read("posts").filter(lambda t: t.post_id == "x:q2").to_pyarrow().to_pylist()[0]
    assert (found["text"], found["mentions"]) == ("dear @[erased]", [])
    assert lake.read_raw("l2").to_pyarrow()["who"].to_pylist() == ["79"]
    assert signs_on_disk(lake.root.path) == []


def test_the_person_under_another_id_with_the_same_handle_is_kept_out_too(
    erased: Erased, lake: Lake
):
    done = lake.upsert("accounts", accounts("other", handle=HANDLE))

    assert done.n_suppressed == 1


def test_a_handle_without_an_id_takes_out_the_name_and_nothing_else(full_lake: Lake):
    lake = full_lake
    before = lake.read("posts").to_pyarrow().sort_by("post_id").to_pylist()

    erase(lake, [], key=KEY, reason="asked for it", handles=["x:nobody_here"])

    assert lake.read("posts").to_pyarrow().sort_by("post_id").to_pylist() == before
    later = post("q1", "x:77", text="so, dear @Nobody_Here. it is late")
    lake.upsert("posts", table("posts", later))
    found = lake.read("posts").filter(lambda t: t.post_id == "x:q1").to_pyarrow()
    assert found["text"].to_pylist() == ["so, dear @[erased]. it is late"]


def test_an_account_of_another_platform_with_the_same_handle_stays(full_lake: Lake):
    lake = full_lake
    lake.upsert("accounts", table("accounts", {
        "account_id": "tiktok:9", "platform": "tiktok", "handle": HANDLE
    }))  # fmt: skip

    scan = gone(lake).scan

    left = lake.read("accounts").filter(lambda t: t.platform == "tiktok").to_pyarrow()
    assert left["handle"].to_pylist() == [HANDLE]
    assert scan.hits == ()


def test_loading_without_the_secret_is_refused(lake: Lake, tmp_path: Path):
    with (
        Lake.open(tmp_path / "lake", settings=LakeSettings(memory_mb=256)) as keyless,
        pytest.raises(LakeError, match="secret"),
    ):
        keyless.upsert("accounts", accounts("80"))


def test_another_secret_is_refused_and_changes_nothing(erased: Erased, lake: Lake):
    with pytest.raises(LakeError, match="another secret"):
        erase(lake, ["x:77"], key=b"other", reason="x")
    assert lake.read("accounts").count().to_pyarrow().as_py() == 2


def test_erasing_again_finds_nothing_left_to_do(erased: Erased, lake: Lake):
    again = gone(lake)

    assert (again.tables, again.n_suppressed, again.scan.hits) == ((), 0, ())


def test_an_erasure_that_broke_off_is_finished_by_the_same_call(
    full_lake: Lake, monkeypatch: pytest.MonkeyPatch
):
    lake = full_lake
    calls = []

    def breaks(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 4:
            raise OSError("power cut")

    monkeypatch.setattr("mawj.lake.erase._Work._vacuum", breaks)
    with pytest.raises(OSError, match="power cut"):
        gone(lake)
    monkeypatch.undo()

    assert gone(lake).scan.hits == ()
    assert signs_on_disk(lake.root.path) == []


def test_nobody_is_erased_while_a_run_is_on_its_way(full_lake: Lake):
    lake = full_lake
    run = begin(lake)

    with pytest.raises(LakeBusy, match="on its way"):
        gone(lake)
    assert lake.read("accounts").count().to_pyarrow().as_py() == 3
    run.fail("stopped")
