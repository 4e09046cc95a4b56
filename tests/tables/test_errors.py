"""Errors carry facts, and every class stands in the tree drawn at the top of its file."""

from __future__ import annotations

import inspect

from mawj.tables import errors


def classes() -> list[type[errors.MawjError]]:
    found = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    return [c for c in found if issubclass(c, errors.MawjError)]


def test_every_class_stands_in_the_tree_and_says_when() -> None:
    tree = errors.__doc__ or ""
    assert len(classes()) > 15
    for one in classes():
        assert one.__name__ in tree
        assert one.__doc__, one.__name__


def test_whether_to_try_again_is_a_property_of_the_error() -> None:
    assert errors.SourceLimited("wait", retry_after_s=3).is_worth_retrying
    assert errors.LakeBusy("busy").is_worth_retrying
    assert not errors.SourceRefused("no").is_worth_retrying


def test_errors_keep_their_facts() -> None:
    assert errors.MissingColumn("posts", "views").column == "views"
    assert errors.NotEnoughData("few", has=2, needs=5).needs == 5
    assert "views" in str(errors.MissingColumn("posts", "views"))
