"""What a brand file says, looked over for the brand: what contradicts its own claims."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from mawj.flow.brand_file import brand_file
from mawj.flow.sentences import isolated, say
from mawj.tables.errors import ActionRefused
from mawj.vet.brand_contradictions import brand_contradictions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from mawj.flow.brand_file import BrandFile


def new_brand_file(file: Path, language: str) -> None:
    """Write a brand file to begin with, its notes in one of the three languages.

    Raises:
        ActionRefused: when there is a file of that name already.
    """
    if file.exists():
        raise ActionRefused(f"{file} exists already; give another name or remove it first")
    example = resources.files("mawj.flow") / "brand_templates" / f"{language}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(example.read_text(encoding="utf-8"), encoding="utf-8")


def brand_checked(file: Path, language: str, *, as_of: datetime) -> list[str]:
    """What was read of the file and how its claims stand against its facts, line by line.

    Raises:
        SettingsError: where the file does not hold.
    """
    read = brand_file(file)
    counts = {
        "values": len(set(read.tables["brand_values"]["value"].to_pylist())),
        "lines": read.tables["brand_red_lines"].num_rows,
        "words": read.tables["brand_terms"].num_rows,
        "competitors": read.tables["brand_competitors"].num_rows,
        "claims": read.tables["brand_claims"].num_rows,
    }
    first = say(language, "brand", "read", name=isolated(read.name), **counts)
    return [first, *read.notes, *claims_held(read, language, as_of=as_of)]


def claims_held(read: BrandFile, language: str, *, as_of: datetime) -> Iterator[str]:
    """How a brand's claims stand against its own facts, line by line."""
    held = brand_contradictions(
        read.tables["brand_claims"], read.tables["brand_facts"], as_of=as_of
    )
    return claim_lines(held.to_pylist(), language)


def claim_lines(held: Iterable[Mapping[str, str]], language: str) -> Iterator[str]:
    """One line for each claim and condition: contradicted, holds, or not known."""
    for row in held:
        told = {name: isolated(row[name] or "–") for name in ("says", "observed", "expected")}
        told |= {"condition": isolated(row["condition"]), "missing": isolated(row["missing"])}
        yield say(language, "brand", row["status"], **told)
