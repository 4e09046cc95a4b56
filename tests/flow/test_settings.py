"""Settings: one class of a name, one section of the file."""

import pytest

from mawj.flow.settings import _only as only_one
from mawj.flow.settings import section_of, settings_classes
from mawj.tables.errors import SettingsError


def test_every_section_of_the_file_belongs_to_one_class() -> None:
    sections = [section_of(one) for one in settings_classes()]
    assert len(sections) == len(set(sections)) > 50


def test_two_classes_of_one_name_are_refused_with_where_they_stand() -> None:
    first = type("SomeLimits", (), {"__module__": "mawj.plan.here"})
    second = type("SomeLimits", (), {"__module__": "mawj.vet.there"})
    assert only_one("SomeLimits", {first}) is first
    with pytest.raises(SettingsError, match=r"SomeLimits.*mawj\.plan\.here, mawj\.vet\.there"):
        only_one("SomeLimits", {first, second})
