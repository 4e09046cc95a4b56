"""Reads a brief from a plain file, and writes one to begin with.

How the file is written is said in docs/guides/plans.md.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from mawj.flow.brief_said import RIAL, TOMAN_CODE, Said, Written
from mawj.plan.asking.brief import Audience, Brief, Sales, Wish, brief_problems
from mawj.plan.asking.occasions import occasions_between
from mawj.plan.pricing.terms import Terms
from mawj.tables.errors import ActionRefused, SettingsError

WHOLE = (
    "name", "goal", "buys", "reach", "sector", "subject", "topic", "budget", "currency", "from",
    "until", "deliverables", "placement", "audience", "creators", "diversity", "brand",
    "terms", "sales",
)  # fmt: skip
AUDIENCE = ("countries", "places", "languages", "ages", "subjects")
CREATORS = (
    "platforms", "tiers", "scheme", "kinds", "must_have", "never", "at_least", "at_most",
    "least_credibility",
)  # fmt: skip
DIVERSITY = ("by", "value", "at_least", "at_most", "most_share")
BRAND = ("file", "is_known")
TERMS = {
    "usage_days": "count", "usage_channels": "text", "exclusivity_days": "count",
    "exclusivity_scope": "text", "boosting_days": "count", "boost": "money",
    "due_days": "count", "extra_cuts": "count", "production": "money", "is_for_cause": "yes",
    "platform_fee": "share", "marketplace": "text", "tax_country": "text",
}  # fmt: skip
"""What may stand under [terms], and how it is read."""

SALES = ("order", "margin", "conversion")

AHEAD, AFTER, AT_LEAST = timedelta(days=30), timedelta(days=12), timedelta(days=21)
"""The demo's brief: days before and into Ramadan that are published on, and days from now."""


def brief_file(file: Path) -> Brief:
    """The brief that stands in the file.

    Raises:
        SettingsError: where it cannot be read or does not hold; says the line, the field and
            what to write.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be read ({error.strerror}); `mawj plan new {file}` begins one"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file}: {error}. Text stands in quotes, lists in [ ]; see docs/guides/plans.md"
        ) from error
    return brief_told(told, Written(str(file), text))


def brief_told(told: dict[str, Any], written: Written) -> Brief:
    """The brief of a file that was read as TOML; `written` is asked for line numbers only.

    Raises:
        SettingsError: for the first value of a wrong kind, else for all that does not hold.
    """
    said = Said(told, written)
    said.known(WHOLE)
    made = Brief(
        name=said.text("name", needed=True),
        goal=said.meant("goal", "goals", needed=True),
        buys=said.meant("buys", "functions"),
        reach=said.meant("reach", "reaches"),
        sector=said.text("sector"),
        subject=said.text("subject"),
        topic=said.text("topic"),
        starts_on=said.day("from"),
        ends_on=said.day("until"),
        deliverables=said.texts("deliverables"),
        placement=said.text("placement") or Brief.placement,
        audience=_audience(said.part("audience")),
        diversity=tuple(_wish(one) for one in said.parts("diversity")),
        **_money(said),
        **_creators(said.part("creators")),
        **_brand(said.part("brand"), Path(written.file)),
    )
    found = brief_problems(made)
    if found:
        lines = [f"{written.where(one.field)}: `{one.field}` {one.says}" for one in found]
        raise SettingsError("\n".join(lines))
    return made


def new_brief_file(file: Path, language: str) -> None:
    """Write a brief to begin with, its notes in one of the three languages.

    Raises:
        ActionRefused: when there is a file of that name already.
    """
    if file.exists():
        raise ActionRefused(f"{file} exists already; give another name or remove it first")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_template(language), encoding="utf-8")


def demo_brief_file(file: Path, language: str, today: date) -> None:
    """Write the same brief over any earlier one, for the next Ramadan to be planned for."""
    years = occasions_between(today, today + timedelta(days=500))
    first = next(
        one.starts_on for one in years
        if one.occasion.key == "ramadan" and one.starts_on - AHEAD > today + AT_LEAST
    )  # fmt: skip
    text = _template(language)
    for field, day in (("from", first - AHEAD), ("until", first + AFTER)):
        text = re.sub(rf"^{field} = .*$", f"{field} = {day}", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")


def _template(language: str) -> str:
    file = resources.files("mawj.flow") / "brief_templates" / f"{language}.toml"
    return file.read_text(encoding="utf-8")


def _money(said: Said) -> dict[str, Any]:
    """Budget, terms and sales: all that is money is in the budget's currency."""
    currency = said.currency("currency")
    sales = said.part("sales")
    sales.known(SALES)
    return {
        "budget_minor": said.money("budget", currency, needed=True),
        "currency": RIAL if currency == TOMAN_CODE else currency,
        "terms": _terms(said.part("terms"), currency),
        "sales": Sales(
            order_minor=sales.money("order", currency),
            margin_share=sales.share("margin"),
            conversion_share=sales.share("conversion"),
        ),
    }


def _terms(said: Said, currency: str) -> Terms:
    said.known(TERMS)
    ends = {"money": "_minor", "share": "_share"}
    told: dict[str, Any] = {
        key + ends.get(kind, ""): said.money(key, currency) if kind == "money"
        else getattr(said, kind)(key)
        for key, kind in TERMS.items()
        if key in said.told
    }  # fmt: skip
    if "tax_country" in told:
        told["tax_country"] = told["tax_country"].upper()
    try:
        return Terms(currency=RIAL if currency == TOMAN_CODE else currency, **told)
    except ActionRefused as error:
        field = str(error).partition(" =")[0]
        key = next((key for key in TERMS if field.startswith(key)), field)
        said.refuse(key, f"does not hold: {error}")


def _audience(said: Said) -> Audience:
    said.known(AUDIENCE)
    return Audience(
        countries=tuple(country.upper() for country in said.texts("countries")),
        places=said.texts("places"),
        languages=said.texts("languages"),
        ages=said.texts("ages"),
        subjects=said.texts("subjects"),
    )


def _creators(said: Said) -> dict[str, Any]:
    said.known(CREATORS)
    least, most = said.count("at_least"), said.count("at_most")
    return {
        "platforms": said.texts("platforms"),
        "tiers": said.texts("tiers"),
        "scheme": said.text("scheme") or Brief.scheme,
        "kinds": said.texts("kinds"),
        "must_have": said.texts("must_have"),
        "never": said.texts("never"),
        "least_creators": Brief.least_creators if least is None else least,
        "most_creators": most if most is not None else max(Brief.most_creators, least or 0),
        "least_credibility": said.amount("least_credibility"),
    }


def _wish(said: Said) -> Wish:
    said.known(DIVERSITY)
    by, value = said.text("by", needed=True), said.text("value")
    return Wish(
        by=by,
        value=value.upper() if by == "country" else value,
        at_least=said.count("at_least"),
        at_most=said.count("at_most"),
        most_share=said.share("most_share"),
    )


def _brand(said: Said, file: Path) -> dict[str, Any]:
    """The brand's own file stands beside the brief, unless its path says otherwise."""
    said.known(BRAND)
    name = said.text("file")
    return {
        "brand_file": str(file.parent / name) if name else "",
        "brand_is_known": said.yes("is_known"),
    }
