"""Word lists that ship with the package: plain text files, one a language and subject.

A file holds words parted by blanks; a line that begins with ``#`` is a remark, and a line that
is only ``weak`` begins the words that count less as a sign of their language. All lists were
written for this package from general knowledge of the languages; none is copied from another
list.
"""

from functools import cache
from importlib import resources


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of ``words/<name>.txt`` without remarks and blank lines."""
    text = resources.files(__package__).joinpath("words", f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and line[0] != "#")


@cache
def words(name: str) -> tuple[str, ...]:
    """Words of a list that has no weak part, in the order of the file."""
    return tuple(word for line in lines(name) for word in line.split())


@cache
def strong_and_weak(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words before and after the line ``weak``."""
    rows = lines(name)
    cut = rows.index("weak")
    strong = frozenset(word for line in rows[:cut] for word in line.split())
    weak = frozenset(word for line in rows[cut + 1 :] for word in line.split())
    return strong, weak - strong
