"""Links in a text that show payment: those of affiliate programmes, and those to shops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from mawj.text.tags import links
from mawj.vet.disclosure.wordings import told

_ANY = "*"
_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac", "edu"})
_POLICY = ("affiliate-disclosure", "affiliate-disclaimer", "disclosure", "disclosure-policy")


@dataclass(frozen=True, slots=True)
class PaidLink:
    """A link that shows payment.

    Attributes:
        kind: affiliate_link, tracked_link (may be one), shop_link (any site that is no
            platform), or policy_link (a page with a disclosure that the reader does not see).
        url: as written; first, last: where it stands.
        programme: of an affiliate link; empty otherwise.
    """

    kind: str
    url: str
    first: int
    last: int
    programme: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    programme: str
    parameter: str
    path: str
    kind: str


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """Rules of the programmes by host."""
    found: dict[str, list[_Rule]] = {}
    for programme in told("affiliate_links")["programme"]:
        for rule in programme["rules"]:
            kind = "tracked_link" if programme.get("is_weak") else "affiliate_link"
            asks = (rule.get("parameter", ""), rule.get("path", ""))
            made = _Rule(programme["name"], *asks, kind)
            found.setdefault(rule["host"], []).append(made)
    return {host: tuple(rules) for host, rules in found.items()}


@cache
def _bare() -> re.Pattern[str]:
    """Addresses of the programmes' hosts written without https://, such as amzn.to/1."""
    hosts = "|".join(re.escape(host) for host in sorted(_rules()) if host != _ANY)
    return re.compile(rf"(?<![\w@./\-])(?:www\.)?(?:{hosts})/[^\s<>\"«»]+", re.IGNORECASE)


@cache
def _no_shops() -> frozenset[str]:
    return frozenset(told("affiliate_links")["no_shop"]["hosts"])


def paid_links(text: str) -> list[PaidLink]:
    """The links of `text` that show payment, in their order."""
    if "." not in text:
        return []
    found, at = [], 0
    for url in links(text):
        first = text.find(url, at)
        first, at = (first, first + len(url)) if first >= 0 else (0, at)
        found.append((url, first))
    bare = [(m[0], m.start()) for m in _bare().finditer(text)]
    taken = {first for _, first in found}
    every = sorted([*found, *(b for b in bare if b[1] not in taken)], key=lambda f: f[1])
    return [
        PaidLink(kind, url, first, first + len(url), programme)
        for url, first in every
        for kind, programme in [kind_of(url)]
        if kind
    ]


def kind_of(url: str) -> tuple[str, str]:
    """(kind or "", programme) of one address."""
    host = host_of(url)
    if not host:
        return "", ""
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        path = parts.path.lower()
    except ValueError:
        return "", ""
    hosts = _ends(host)
    is_shop = not any(end in _no_shops() for end in hosts)
    for end in [*hosts, _ANY] if is_shop else hosts:
        for rule in _rules().get(end, ()):
            if _fits(rule, asked, path):
                return rule.kind, rule.programme
    if not is_shop:
        return "", ""
    is_policy = path.rstrip("/").rpartition("/")[2] in _POLICY
    return ("policy_link" if is_policy else "shop_link"), ""


def _fits(rule: _Rule, asked: set[str], path: str) -> bool:
    has_parameter = not rule.parameter or rule.parameter.lower() in asked
    has_path = not rule.path or rule.path in f"{path}/"
    return has_parameter and has_path


def host_of(url: str) -> str:
    """The host of an address, without www; empty where there is none."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def site_of(host: str) -> str:
    """The name under which a site is registered: dune-roasters of shop.dune-roasters.co.uk."""
    parts = host.split(".")
    if len(parts) > 2 and parts[-2] in _SECOND_LEVEL:
        return parts[-3]
    return parts[-2] if len(parts) > 1 else host


def _ends(host: str) -> list[str]:
    """The host and the hosts it lies under: a.b.com, b.com."""
    parts = host.split(".")
    return [".".join(parts[i:]) for i in range(len(parts) - 1)] or [host]
