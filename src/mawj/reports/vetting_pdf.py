"""The report of a vetting as PDF: the same page, set on paper with joined letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mawj.reports.paper import on_paper
from mawj.reports.vetting_html import vetting_html

if TYPE_CHECKING:
    from mawj.flow.vet_report import VetReport


def vetting_pdf(found: VetReport, language: str = "en") -> bytes:
    """The report in one language as a PDF file.

    Raises:
        ActionRefused: when the extra, Pango or a font is missing; the message names it.
        NotFound: for a language that Mawj does not speak.
    """
    return on_paper(vetting_html(found, language), language)
