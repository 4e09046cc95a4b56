"""How Mawj judges: every settings object, its defaults, and the user's `mawj.toml` over them.

A section of `mawj.toml` is the class name in small letters with underscores, its entries the
fields: `[peer_limits] least_members = 30`. What is not said keeps its default. The settings in
force are stored with each run.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from mawj import identify, plan, vet
from mawj.flow.plan_steps import PLAN_STEPS
from mawj.flow.runner import settings_read
from mawj.flow.steps import MEANING_STEPS, STEPS
from mawj.flow.vet_steps import every_vet_step
from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STAGES = (identify, vet, plan)
# Two fields may share a meaning: "low, high: ends of…".
_FIELD = re.compile(r"^\s{4,8}(\w+(?:, \w+)*): (.+(?:\n\s{9,}.+)*)", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class SettingRow:
    """One field of one settings object, for `mawj settings` and docs/settings.md."""

    section: str
    name: str
    value: object
    default: object
    meaning: str


def settings_classes() -> tuple[type, ...]:
    """Every settings class that a step asks for, in the order of the steps.

    A step names the class in the annotation of a keyword; it is found among the modules of the
    stages, so that a step's own word in STEPS is the whole registration.
    """
    steps = (*STEPS, *MEANING_STEPS, *every_vet_step(), *PLAN_STEPS)
    names = [name for step in steps for name in settings_read(step).values()]
    modules = [
        import_module(found.name)
        for stage in STAGES
        for found in walk_packages(stage.__path__, f"{stage.__name__}.")
    ]
    defined: dict[str, set[type]] = {}
    for module in modules:
        for found in vars(module).values():
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                defined.setdefault(found.__name__, set()).add(found)
    return tuple(_only(name, defined[name]) for name in dict.fromkeys(names))


def _only(name: str, found: set[type]) -> type:
    """The one class of that name: two would be one section of `mawj.toml`."""
    if len(found) > 1:
        where = ", ".join(sorted(one.__module__ for one in found))
        raise SettingsError(f"several settings are called {name}: in {where}; rename one")
    return next(iter(found))


def section_of(settings: type) -> str:
    """The section of `mawj.toml` for a settings class: PeerLimits is peer_limits."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", settings.__name__).lower()


def settings_in_force(file: Path | None = None) -> dict[str, object]:
    """Settings objects by class name, the user's file over the defaults.

    Raises:
        SettingsError: for an unreadable file, an unknown section or field, or a wrong kind.
    """
    told = _read(file) if file is not None and file.exists() else {}
    by_section = {section_of(settings): settings for settings in settings_classes()}
    for section in told:
        if section not in by_section:
            raise SettingsError(
                f"{file}: no settings are called [{section}]; `mawj settings` lists them"
            )
    return {
        settings.__name__: _made(settings, told.get(section, {}), file)
        for section, settings in by_section.items()
    }


def settings_rows(in_force: Mapping[str, object]) -> list[SettingRow]:
    """Every field of every settings object, with its meaning and source."""
    return [
        SettingRow(
            section_of(settings),
            field.name,
            getattr(in_force[settings.__name__], field.name),
            _default(field),
            _meanings(settings).get(field.name, ""),
        )
        for settings in settings_classes()
        for field in dataclasses.fields(settings)
    ]


def as_plain(in_force: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """The settings as plain values, to be stored with a run as JSON."""
    return {name: dataclasses.asdict(made) for name, made in in_force.items()}  # type: ignore[call-overload]


def _read(file: Path) -> dict[str, dict[str, Any]]:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: cannot be read as TOML: {error}") from error
    for section, fields in told.items():
        if not isinstance(fields, dict):
            raise SettingsError(f"{file}: {section!r} stands outside a [section]")
    return told


def _made(settings: type, told: Mapping[str, Any], file: Path | None) -> object:
    kinds = typing.get_type_hints(settings)
    for name, value in told.items():
        where = f"{file}: [{section_of(settings)}] {name}"
        if name not in kinds:
            raise SettingsError(f"{where}: no such field; `mawj settings` lists them")
        if not _fits(value, kinds[name]):
            raise SettingsError(f"{where}: {value!r} is not of kind {kinds[name]}")
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in told.items()}
    try:
        return settings(**values)
    except ValueError as error:
        raise SettingsError(f"{file}: [{section_of(settings)}]: {error}") from error


def _fits(value: object, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in (int, str, bool):
        return type(value) is kind
    return isinstance(value, list | tuple | dict | str | int | float)


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default is not dataclasses.MISSING:
        return field.default
    return field.default_factory() if callable(field.default_factory) else None


def _meanings(settings: type) -> dict[str, str]:
    found = _FIELD.findall(settings.__doc__ or "")
    return {name: " ".join(text.split()) for names, text in found for name in names.split(", ")}
