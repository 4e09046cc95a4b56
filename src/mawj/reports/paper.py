"""A report's page as PDF: the same page, set on paper with joined letters."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from mawj.flow.sentences import RIGHT_TO_LEFT
from mawj.tables.errors import ActionRefused

NO_EXTRA = "a PDF needs the reports extra: pip install 'mawj[reports]'"
NO_PANGO = (
    "a PDF needs the system library Pango (Debian and Ubuntu: apt install libpango-1.0-0 "
    "libpangoft2-1.0-0; macOS: brew install pango); --html FILE needs nothing"
)
NO_FONT = (
    "no installed font has the letters of {language!r} (Debian and Ubuntu: apt install "
    "fonts-noto-core; any font with Arabic letters will do); --html FILE needs nothing"
)


def on_paper(page: str, language: str) -> bytes:
    """A whole HTML page as a PDF file.

    Raises:
        ActionRefused: when the extra, Pango or a font is missing; the message names it.
    """
    weasyprint = _weasyprint()
    if language in RIGHT_TO_LEFT and not has_font(language):
        raise ActionRefused(NO_FONT.format(language=language))
    document = weasyprint.HTML(string=page, url_fetcher=_nothing)
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


def has_font(language: str) -> bool:
    """Whether fontconfig knows a font for the language; taken for granted where it is mute."""
    program = shutil.which("fc-list")
    if program is None:
        return True
    listed = subprocess.run(
        [program, f":lang={language}", "family"], capture_output=True, check=False, text=True
    )
    return listed.returncode != 0 or bool(listed.stdout.strip())


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415  (optional: the reports extra, and Pango)
    except ImportError as error:
        raise ActionRefused(NO_EXTRA) from error
    except OSError as error:
        raise ActionRefused(NO_PANGO) from error
    return weasyprint


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """Refuses every address: a report holds all that it shows."""
    raise ValueError(f"a report fetches nothing, not even {url}")
