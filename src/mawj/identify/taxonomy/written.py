"""Data written by people, in TOML: reading it, and saying plainly what is wrong and where."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from mawj.tables.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

LANGUAGES = ("en", "ar", "fa")


def wrong(where: str, what: str) -> SettingsError:
    """The error that says where and what, to be raised by the caller."""
    return SettingsError(f"{where}: {what}")


def read_toml(file: Path | Traversable, top: str) -> dict[str, Any]:
    """The table `top` of a TOML file; the file may hold nothing else.

    Raises:
        SettingsError: the file cannot be read, is no UTF-8 or no TOML, or holds other things.
    """
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise wrong(str(file), f"cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise wrong(str(file), "is not UTF-8; save it as UTF-8 and try again") from error
    except tomllib.TOMLDecodeError as error:
        raise wrong(str(file), f"is not valid TOML ({error}); mend that line") from error
    only_keys(written, (top,), str(file))
    return table_of(written, top, str(file))


def only_keys(written: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    """Raise SettingsError when a table holds a key that means nothing here."""
    allowed = tuple(allowed)
    strange = sorted(set(written) - set(allowed))
    if strange:
        raise wrong(where, f"{strange[0]!r} is not known; allowed: {', '.join(allowed)}")


def table_of(written: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """The TOML table under `key`; empty when the key is not there."""
    value = written.get(key, {})
    if not isinstance(value, dict):
        raise wrong(where, f"{key} must be a table, such as {key} = {{ … }}, not {value!r}")
    return value


def text_of(written: Mapping[str, Any], key: str, where: str) -> str:
    """The text under `key`, without blanks around it; it must be there."""
    value = written.get(key)
    if not isinstance(value, str) or not value.strip():
        raise wrong(where, f"{key} must be a text that is not empty, not {value!r}")
    return value.strip()


def texts_of(written: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """The list of texts under `key`, without blanks around them; empty when it is not there."""
    values = written.get(key, [])
    if not isinstance(values, list):
        raise wrong(where, f'{key} must be a list such as ["…", "…"], not {values!r}')
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise wrong(where, f"{key} holds {value!r}; each entry must be a text, not empty")
    return tuple(value.strip() for value in values)


def count_of(written: Mapping[str, Any], key: str, where: str) -> int | None:
    """The whole number of at least 0 under `key`; None when it is not there."""
    value = written.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(where, f"{key} must be a whole number of at least 0, not {value!r}")
    return value


def names_of(written: Mapping[str, Any], where: str) -> dict[str, str]:
    """The names by language under `names`; those that are written, checked."""
    names = table_of(written, "names", where)
    only_keys(names, LANGUAGES, f"{where}: names")
    return {language: text_of(names, language, f"{where}: names") for language in names}


def need_all_names(names: Mapping[str, str], where: str) -> None:
    """Raise SettingsError unless there is a name in each of the three languages."""
    missing = [language for language in LANGUAGES if language not in names]
    if missing:
        raise wrong(where, f"has no name in {', '.join(missing)}; add names.{missing[0]}")
