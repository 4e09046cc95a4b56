"""Names of accounts and posts: from handles, addresses and native ids to our ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from mawj.tables.observed import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterable

HOSTS = {
    "x.com": "x", "twitter.com": "x", "instagram.com": "instagram", "tiktok.com": "tiktok",
    "youtube.com": "youtube", "youtu.be": "youtube", "facebook.com": "facebook",
    "fb.com": "facebook", "snapchat.com": "snapchat", "bsky.app": "bluesky",
    "threads.net": "threads", "threads.com": "threads", "t.me": "telegram",
    "telegram.me": "telegram", "twitch.tv": "twitch", "linkedin.com": "linkedin",
    "pinterest.com": "pinterest", "aparat.com": "aparat", "rubika.ir": "rubika",
    "eitaa.com": "eitaa",
}  # fmt: skip

_CHANNEL_ID = re.compile(r"UC[\w-]{22}")
_PREFIX = re.compile(rf"({'|'.join(PLATFORMS)}):(.+)", re.DOTALL)
_HANDLE_WITHIN = re.compile(r"^(.*?)\s*[(|\-]?\s*@([\w.]+)\)?\s*$", re.DOTALL)
_NO_HANDLE_PARTS = frozenset(
    (
        *(
            "p",
            "reel",
            "reels",
            "tv",
            "watch",
            "status",
            "shorts",
            "channel",
            "c",
            "user",
            "in",
        ),
        *(
            "company",
            "add",
            "pg",
            "profile",
            "explore",
            "search",
            "hashtag",
            "stories",
            "video",
        ),
        *("v", "embed"),
    )
)
HANDLE = re.compile(r"[\w.][\w.\-]{0,99}|did:[a-z0-9]+:[\w.:%-]+|@?[\w.\-]+@[\w.\-]+\.\w+")


def platform_of_url(url: str) -> str | None:
    """The platform whose site an address belongs to."""
    host = _split(url)[0]
    return next((p for h, p in HOSTS.items() if host == h or host.endswith("." + h)), None)


def _split(url: str) -> tuple[str, list[str], str]:
    """Host without www, path parts, query; empty where the address cannot be read."""
    try:
        parts = urlsplit(url if "//" in url else "//" + url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        return host, [unquote(p) for p in parts.path.split("/") if p], parts.query
    except ValueError:
        return "", [], ""


def path_of(url: str) -> list[str]:
    """The parts of an address's path, without its query."""
    return _split(url)[1]


def is_url(text: str) -> bool:
    """True for an address with its protocol, or of one of the platforms' sites."""
    return text.startswith(("http://", "https://")) or (
        "/" in text and " " not in text and platform_of_url(text) is not None
    )


def handle_of(text: str) -> str | None:
    """The handle in lower case without @, from a handle or the address of an account.

    None where the text cannot be a handle (blanks, punctuation).
    """
    text = text.strip().strip("\u200e\u200f\u202a\u202c\u2066\u2069")
    if is_url(text):
        text = _handle_in_url(text) or ""
    text = text.removeprefix("@").lower()
    return text if HANDLE.fullmatch(text) else None


def handle_on(text: str, platform: str) -> str:
    """The handle that a text names on a platform; "" where it names none, or another's."""
    text = text.strip().removeprefix(f"{platform}:")
    is_elsewhere = is_url(text) and platform_of_url(text) != platform
    return "" if is_elsewhere else handle_of(text) or ""


def _handle_in_url(url: str) -> str | None:
    _, parts, _ = _split(url)
    for part in parts:
        if part.startswith("@"):
            return part
    if parts and parts[0] in {"channel", "c", "user", "in", "company", "profile", "add"}:
        return parts[1] if len(parts) > 1 else None
    return parts[0] if parts and parts[0] not in _NO_HANDLE_PARTS else None


def account_id_of(text: str, platform: str | None) -> str | None:
    """`platform:native`: from an id of ours, a native id, a handle, an address, or a bare name.

    Handles are lower-cased; channel ids of YouTube keep their case. A name that cannot be a
    handle is kept whole, in lower case, so that rows of one account still meet. None without a
    platform.
    """
    text = text.strip()
    if own := _PREFIX.fullmatch(text):
        platform, text = own[1], own[2]
    elif is_url(text):
        platform = platform_of_url(text) or platform
        text = _handle_in_url(text) or text
    if platform is None or not text:
        return None
    if platform == "youtube" and _CHANNEL_ID.fullmatch(text):
        return f"youtube:{text}"
    return f"{platform}:{handle_of(text) or ' '.join(text.lower().split())}"


def native_id_of(text: str, platform: str | None) -> str | None:
    """`platform:native` of a post, comment or list: from our id, its own, or an address."""
    text = text.strip()
    if _PREFIX.fullmatch(text):
        return text
    if is_url(text):
        platform = platform_of_url(text) or platform
        text = _post_in_url(text)
    return f"{platform}:{text}" if platform and text else None


def _post_in_url(url: str) -> str:
    _, parts, query = _split(url)
    for sign in ("status", "p", "reel", "reels", "tv", "video", "shorts", "post", "posts", "v"):
        if sign in parts[:-1]:
            return parts[parts.index(sign) + 1]
    asked = parse_qs(query)
    for key in ("v", "story_fbid", "fbid"):
        if key in asked:
            return asked[key][0]
    return "/".join(parts)


def name_and_handle(text: str) -> tuple[str, str] | None:
    """The two parts of "Just Sul @justsul"; None where there is no handle at the end."""
    match = _HANDLE_WITHIN.match(text)
    return (match[1].strip(), match[2].rstrip(".").lower()) if match else None


def lost_letters(text: str) -> bool:
    """True where most letters became question marks on their way through a wrong encoding."""
    signs = [sign for sign in text if not sign.isspace()]
    return len(signs) > 1 and text.count("?") + text.count("\ufffd") >= 0.5 * len(signs)


def platforms_of(texts: Iterable[str]) -> list[str | None]:
    """The platform each address or own id names."""
    return [m[1] if (m := _PREFIX.fullmatch(t)) else platform_of_url(t) for t in texts]
