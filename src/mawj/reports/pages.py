"""What all pages that can be sent are filled by."""

from __future__ import annotations

from importlib import resources
from typing import Any


def filled(name: str, **told: Any) -> str:
    """The template of that name with what it is told; a name that it lacks is an error.

    Text is escaped.
    """
    import jinja2  # noqa: PLC0415  (optional: the reports extra)

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mawj.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page: str = environment.get_template(name).render(**told)
    return page


def page_file(name: str) -> str:
    """A file that stands beside the templates, such as a style, as text."""
    return (resources.files("mawj.reports") / "templates" / name).read_text("utf-8")
