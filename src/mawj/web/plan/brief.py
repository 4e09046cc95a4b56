"""The form of a brief, and the brief as text that it makes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mawj.text.numbers import count_of
from mawj.text.toml import toml_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

GOALS = (
    "awareness_market", "awareness_creators", "credibility", "conversation", "sales_online",
    "sales_shops",
)  # fmt: skip
TEXTS = ("name", "goal", "sector", "subject", "currency", "from", "until")
LISTS = ("countries", "languages")
NUMBERS = ("budget", "at_least", "at_most", "least_credibility")


def beginning(today: date, currency: str) -> dict[str, Any]:
    """What a new form says: a campaign that begins in two weeks and lasts a month."""
    return {
        "goal": "awareness_market", "currency": currency, "at_least": "3", "at_most": "10",
        "least_credibility": "60", "from": (today + timedelta(days=14)).isoformat(),
        "until": (today + timedelta(days=44)).isoformat(),
    }  # fmt: skip


def as_text(told: Mapping[str, str]) -> str:
    """The brief file that a filled form means; what is left empty asks for nothing."""
    texts = {key: told.get(key, "").strip() for key in TEXTS}
    lines = [f"{key} = {toml_value(text)}" for key, text in texts.items() if text]
    if told.get("budget", "").strip():
        lines.append(f"budget = {_number(told['budget'])}")
    audience = [f"{key} = {_listed(told[key])}" for key in LISTS if told.get(key, "").strip()]
    if audience:
        lines += ["", "[audience]", *audience]
    creators = [
        f"{key} = {_number(told[key])}" for key in NUMBERS[1:] if told.get(key, "").strip()
    ]
    must = [f"{key} = {_listed(told[key])}" for key in ("must_have", "never") if told.get(key)]
    if creators or must:
        lines += ["", "[creators]", *creators, *must]
    return "\n".join(lines) + "\n"


def _listed(text: str) -> str:
    parts = text.replace("،", ",").replace("\n", ",").split(",")
    return toml_value([part.strip() for part in parts if part.strip()])


def _number(text: str) -> str:
    """A number in any digits as TOML writes it; what is none stands as text, to be refused."""
    try:
        value = count_of(text.strip())
    except ValueError:
        return toml_value(text.strip())
    return str(int(value)) if value == int(value) else str(value)
