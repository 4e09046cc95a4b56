"""The documents say what is so: paths exist, made pages are fresh, words are whole."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from mawj.cli.main import COMMANDS
from mawj.flow.sentences import LANGUAGES
from mawj.reports.handbook import stale_pages
from tests.shape.large_files import too_large
from tests.shape.secrets_said import secrets_in

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / n for n in ("ARCHITECTURE.md", "README.md", "CONTRIBUTING.md")]
DOCS += sorted((ROOT / "docs").rglob("*.md"))
WORDS = ROOT / "src/mawj/flow/words"


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def test_every_path_that_the_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:src|docs|tests|benchmarks)/[\w./-]*)`", text)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_folder_of_the_package_stands_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = [p for p in (ROOT / "src/mawj").iterdir() if (p / "__init__.py").exists()]
    assert [p.name for p in folders if f"`src/mawj/{p.name}/`" not in text] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda p: p.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_pages_made_from_the_code_are_fresh() -> None:
    assert stale_pages(ROOT / "docs") == []


def test_every_command_that_a_document_names_exists() -> None:
    for page in DOCS:
        text = page.read_text(encoding="utf-8")
        called = set(re.findall(r"(?:^|`)mawj ([a-z]+(?:-[a-z]+)*)\b", text, re.MULTILINE))
        assert called <= set(COMMANDS), page.name


def test_the_three_languages_have_the_same_words() -> None:
    words = {c: tomllib.loads((WORDS / f"{c}.toml").read_text("utf-8")) for c in LANGUAGES}
    for language in LANGUAGES:
        for section, entries in words["en"].items():
            mine = words[language][section]
            assert set(mine) == set(entries), (language, section)
            for name, text in entries.items():
                holes = set(re.findall(r"{(\w+)}", text))
                assert set(re.findall(r"{(\w+)}", mine[name])) == holes, (language, name)


def test_arabic_and_persian_words_use_their_own_letters() -> None:
    arabic = (WORDS / "ar.toml").read_text("utf-8")
    persian = (WORDS / "fa.toml").read_text("utf-8")
    assert not re.search("[یکپچژگ]", arabic)
    assert not re.search("[يكةى]", persian)


def test_no_tracked_file_is_too_large() -> None:
    assert too_large(tracked()) == []


def test_no_tracked_file_holds_a_secret() -> None:
    for name in tracked():
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert secrets_in(text) == [], name


def test_something_that_is_a_secret_would_be_seen() -> None:
    assert secrets_in("AKIA" + "A" * 16) != []


def test_import_contracts_hold() -> None:
    checked = subprocess.run(
        [str(ROOT / ".venv/bin/lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
