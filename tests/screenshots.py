"""Pictures of pages: `python -m tests.screenshots BASE OUT PATH...`.

BASE is the address that `mawj serve` printed (with its welcome), OUT a folder, PATH an address
in the workspace such as `find/?subject=coffee`. Each page is drawn in English, Arabic and
Persian, wide and at the width of a phone; what axe finds serious and what scrolls sideways is
printed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser import PHONE, WIDE, chromium

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

AXE = Path(__file__).parents[1] / "src/mawj/web/static/vendor/axe.js"


def pictures(told: list[str]) -> None:
    """Draw the pages and say what is wrong with them."""
    welcome, out, paths = told[0], Path(told[1]), told[2:]
    out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for language in ("en", "ar", "fa"):
            # Scripts of a test may be added to a page whose policy forbids all but its own.
            window = browser.new_context(locale=language, bypass_csp=True)
            page = window.new_page()
            page.goto(welcome)
            _read_in(window, page.url, language)
            base = page.url
            for path in paths:
                _draw(window, base + path, out, f"{_name(path)}-{language}")
            window.close()


def _read_in(window: BrowserContext, url: str, language: str) -> None:
    page = window.new_page()
    page.goto(url)
    page.select_option("select[name=language]", language)
    page.click(".reading button")
    page.close()


def _draw(window: BrowserContext, url: str, out: Path, name: str) -> None:
    page = window.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for kind, (width, height) in (("wide", WIDE), ("phone", PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(url)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"{name}-{kind}.png", full_page=True)
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if sideways > 0:
            sys.stdout.write(f"{name} {kind}: scrolls sideways by {sideways} px\n")
    for found in serious(page):
        sys.stdout.write(f"{name}: {found}\n")
    for error in errors:
        sys.stdout.write(f"{name}: console: {error}\n")
    page.close()


def serious(page: Any) -> list[str]:
    """What axe finds serious or critical on a page, with where."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run().then(r => r.violations)")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:140]} ({len(one['nodes'])})"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def _name(path: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in path.strip("/")) or "start"


if __name__ == "__main__":
    pictures(sys.argv[1:])
