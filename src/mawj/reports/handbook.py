"""The pages of docs/ that are made from the code, so that they cannot go stale.

`python -m mawj.reports.handbook` writes them, `--check` fails when one differs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mawj.flow.settings import settings_in_force, settings_rows
from mawj.flow.taxonomy import topics_page_text
from mawj.identify import contributions
from mawj.identify.engagement_formulas import FORMULAS
from mawj.identify.taxonomy.benchmarks import engagement_benchmarks
from mawj.identify.taxonomy.tier_schemes import TierScheme, tier_schemes
from mawj.reports.checks_page import checks_text
from mawj.reports.disclosure_page import disclosure_page
from mawj.tables.declared import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mawj.tables.column import Column, Table

MADE = "<!-- Made by `make docs` from the code; edit the code. -->\n"
KINDS = (
    ("observed", "What sources bring"),
    ("reference", "What a run is told"),
    ("derived", "What a run makes"),
    ("vetting", "What a vetting makes"),
    ("kept", "What is kept of a vetting"),
    ("planned", "What planning makes"),
)


def tables_page() -> str:
    """docs/tables.md: every table with its grain, key and columns."""
    parts = [MADE, "# Tables\n"]
    for kind, heading in KINDS:
        parts.append(f"\n## {heading}\n")
        parts += [_table(table) for table in TABLES.values() if table.kind == kind]
    return "\n".join(parts)


def settings_page() -> str:
    """docs/settings.md: every setting with its default, meaning and source."""
    parts = [MADE, "# Settings\n", "Put what you change into `mawj.toml` beside the lake.\n"]
    section = ""
    for row in settings_rows(settings_in_force()):
        if row.section != section:
            section = row.section
            parts.append(
                f"\n## [{section}]\n\n| field | default | meaning and source |\n|---|---|---|"
            )
        parts.append(f"| `{row.name}` | `{row.default}` | {_cell(row.meaning)} |")
    return "\n".join(parts) + "\n"


def contributions_page() -> str:
    """docs/influence.md: every contribution to influence, in the words that users read."""
    parts = [MADE, "# What influence is made of\n"]
    for contribution in contributions.CONTRIBUTIONS:
        name = contribution.__name__
        texts = vars(sys.modules[contribution.__module__])["TEXT"]
        parts.append(f"\n## {name}\n\n{_plain(contribution.__doc__ or '')}\n")
        parts += [f"- {language}: {texts[language]}" for language in ("en", "ar", "fa")]
    return "\n".join(parts) + "\n"


def checks_page() -> str:
    """docs/checks.md: every check of a vetting, in the words that users read."""
    return "\n".join([MADE, "# What vetting looks at\n", checks_text()])


def methods_page() -> str:
    """docs/methods.md: formulas of engagement, tier schemes, published engagement figures."""
    parts = [MADE, "# Methods and sources\n", "## Engagement rate\n"]
    parts.append("Always stored with its formula; all of them stand side by side.\n")
    parts.append("| variant | formula | published by |\n|---|---|---|")
    parts += [f"| `{f.variant}` | {_cell(f.text)} | {_cell(f.source)} |" for f in FORMULAS]
    parts.append(
        "\n## Size tiers\n\nEvery source draws the lines elsewhere; any can be used.\n"
    )
    parts += [_scheme(scheme) for scheme in tier_schemes().values()]
    parts.append("\n## Published engagement figures\n")
    parts.append("They contradict one another and are never used as truth.\n")
    columns = ("publisher", "title", "published", "platform", "country", "tier", "kind",
               "low", "high")  # fmt: skip
    parts.append("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for row in engagement_benchmarks().to_pylist():
        parts.append("| " + " | ".join(_cell(_said(row[name])) for name in columns) + " |")
    return "\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "tables.md": tables_page,
    "settings.md": settings_page,
    "influence.md": contributions_page,
    "checks.md": checks_page,
    "methods.md": methods_page,
    "topics.md": topics_page_text,
    "disclosure.md": disclosure_page,
}


def stale_pages(folder: Path) -> list[str]:
    """Names of the pages in `folder` that are not what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != page()
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are stale."""
    folder = Path("docs")
    if "--check" in arguments:
        stale = stale_pages(folder)
        for name in stale:
            sys.stderr.write(f"docs/{name} is not what the code says; run `make docs`\n")
        return 1 if stale else 0
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
    return 0


def _table(table: Table) -> str:
    head = f"### {table.name}\n\nOne row: {table.grain}. Key: {', '.join(table.key)}.\n"
    rows = ["| column | type | unit | meaning | NULL means |", "|---|---|---|---|---|"]
    return "\n".join([head, *rows, *(_row(column) for column in table)]) + "\n"


def _row(column: Column) -> str:
    meaning = column.meaning
    if column.one_of:
        meaning += f" ({', '.join(column.one_of)})"
    null = column.null_means or "never"
    cells = (f"`{column.name}`", column.type, column.unit, meaning, null)
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _scheme(scheme: TierScheme) -> str:
    platforms = ", ".join(scheme.platforms) or "any platform"
    head = f"### {scheme.scheme}\n\n{scheme.publisher}: {scheme.title} ({scheme.published}; "
    head += f"seen {scheme.seen}); {platforms}. {scheme.note}\n"
    rows = ["| tier | from | below |", "|---|---|---|"]
    rows += [
        f"| {tier.tier} | {tier.followers_from:,} | {_line(tier.followers_below)} |"
        for tier in scheme.tiers
    ]
    return "\n".join([head, *rows]) + "\n"


def _line(followers: int | None) -> str:
    return "–" if followers is None else f"{followers:,}"


def _said(value: object) -> str:
    return "–" if value is None else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _plain(docstring: str) -> str:
    lines = [line.strip() for line in docstring.strip().splitlines()]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
