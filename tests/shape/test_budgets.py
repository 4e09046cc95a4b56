"""Budgets of architecture section 8: sizes of files and functions, arguments, names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "mawj"
FILES = sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)

MOST_LINES = 400
P95_LINES = 300
MOST_BODY = 50
P95_BODY = 30
MEDIAN_BODY = 10
MOST_ARGUMENTS = 5

VAGUE = {
    "utils", "util", "helpers", "common", "misc", "base", "core", "manager", "service",
    "handler", "processor", "data", "info",
}  # fmt: skip
REJECTED_WORDS = re.compile(r"(^|_)(influencers?|profiles?|kols?|deals?)(_|$)", re.IGNORECASE)
WIRE_FORMATS = {"ready", "mappings"}


def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (path, node)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    has_docstring = ast.get_docstring(node) is not None and len(node.body) > 1
    first = node.body[1] if has_docstring else node.body[0]
    return (node.end_lineno or first.lineno) - first.lineno + 1


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def test_no_file_is_longer_than_the_house_allows() -> None:
    lines = {p: p.read_text(encoding="utf-8").count("\n") for p in FILES}
    too_long = {str(p.relative_to(SRC)): n for p, n in lines.items() if n > MOST_LINES}
    assert too_long == {}
    assert percentile(list(lines.values()), 0.95) <= P95_LINES


def test_function_bodies_stay_short() -> None:
    bodies = [(body_lines(node), path, node.name) for path, node in functions()]
    too_long = [f"{p.name}:{name} {n}" for n, p, name in bodies if n > MOST_BODY]
    assert too_long == []
    lengths = [n for n, _, _ in bodies]
    assert percentile(lengths, 0.95) <= P95_BODY
    assert percentile(lengths, 0.5) <= MEDIAN_BODY


def test_a_step_may_name_many_tables_but_nothing_else_takes_many_arguments() -> None:
    """Steps and contributions are exempt: their parameters are the tables they read."""
    too_many = [
        f"{path.relative_to(SRC)}:{node.name}"
        for path, node in functions()
        if len(node.args.args) + len(node.args.kwonlyargs) > MOST_ARGUMENTS
        and not {"identify", "plan", "vet"} & set(path.parts)
        and "graph" not in path.parts
    ]
    assert too_many == []


def test_modules_are_named_for_something() -> None:
    assert [p.name for p in FILES if p.stem in VAGUE] == []


def names_defined(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_one_word_for_one_thing(path: Path) -> None:
    if WIRE_FORMATS & set(path.parts):
        pytest.skip("provider wire formats keep the provider's words")
    names = names_defined(ast.parse(path.read_text(encoding="utf-8")))
    assert sorted(n for n in names if REJECTED_WORDS.search(n)) == []


def public_functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions of the module and methods of its public classes; not those inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and n.name[0] != "_"]
    bodies = [tree.body, *(c.body for c in classes)]
    return [
        node
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_"
    ]


def test_public_functions_have_docstrings() -> None:
    bare = [
        f"{path.relative_to(SRC)}:{node.name}"
        for path in FILES
        for node in public_functions(path)
        if ast.get_docstring(node) is None
    ]
    assert bare == []
