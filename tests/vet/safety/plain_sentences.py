"""The plain sentences of plain.toml, each spelled out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_CHOICE = re.compile(r"\{([^{}]*)\}")


def plain_sentences() -> list[tuple[str, str, str]]:
    """Language, kind and sentence."""
    text = (Path(__file__).parent / "plain.toml").read_text(encoding="utf-8")
    return [
        (language, kind, sentence)
        for language, kinds in tomllib.loads(text).items()
        for kind, frames in kinds.items()
        for frame in frames
        for sentence in spelled(frame)
    ]


def spelled(frame: str) -> list[str]:
    """The sentences that a frame stands for."""
    found = _CHOICE.search(frame)
    if found is None:
        return [frame]
    return [
        frame[: found.start()] + choice + frame[found.end() :]
        for choice in found.group(1).split("|")
    ]
