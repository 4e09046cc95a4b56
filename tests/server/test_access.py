"""Every address says who may use it, and lets in those and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mawj.crm.members.roles import Access, Role, may

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.people import House

# Addresses of allauth: who may use them is its own code; here stands what we rely on.
LIBRARY = {
    "account_login": Access.ANYONE,
    "account_logout": Access.SIGNED_IN,
    "account_signup": Access.ANYONE,
    "account_inactive": Access.ANYONE,
    "account_email": Access.SIGNED_IN,
    "account_change_password": Access.SIGNED_IN,
    "account_set_password": Access.SIGNED_IN,
    "account_reauthenticate": Access.SIGNED_IN,
    "account_email_verification_sent": Access.ANYONE,
    "account_confirm_email": Access.ANYONE,
    "account_reset_password": Access.ANYONE,
    "account_reset_password_done": Access.ANYONE,
    "account_reset_password_from_key": Access.ANYONE,
    "account_reset_password_from_key_done": Access.ANYONE,
    "account_request_reauthentication_code": Access.SIGNED_IN,
    "account_confirm_reauthentication_code": Access.SIGNED_IN,
    "account_request_login_code": Access.ANYONE,
    "account_confirm_login_code": Access.ANYONE,
    "mfa_authenticate": Access.ANYONE,
    "mfa_reauthenticate": Access.SIGNED_IN,
    "mfa_index": Access.SIGNED_IN,
    "mfa_activate_totp": Access.SIGNED_IN,
    "mfa_deactivate_totp": Access.SIGNED_IN,
    "mfa_view_recovery_codes": Access.SIGNED_IN,
    "mfa_generate_recovery_codes": Access.SIGNED_IN,
    "mfa_download_recovery_codes": Access.SIGNED_IN,
}
VALUES: dict[str, Any] = {
    "account": "instagram:nobody", "secret": "no-such-secret", "key": "x", "uidb36": "1",
}  # fmt: skip
"""What fills the holes of an address in these tests; numbers are 1 and texts are `x`."""


def patterns(found: Any = None, name: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (found or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name == "ninja":
            continue  # tests/api/test_rest.py walks the endpoints of the API
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, name)
        else:
            yield pattern.name or str(pattern.pattern), pattern


def access_of(name: str, pattern: URLPattern) -> Access | None:
    declared = getattr(pattern.callback, "access", None)
    return declared or LIBRARY.get(name)


def test_every_address_declares_who_may_use_it() -> None:
    bare = [name for name, pattern in patterns() if access_of(name, pattern) is None]
    assert bare == []


def ours() -> list[tuple[str, Access]]:
    found = [(name, access_of(name, pattern)) for name, pattern in patterns()
             if hasattr(pattern.callback, "access")]  # fmt: skip
    return [(name, access) for name, access in found if access is not None]


def filled(name: str, house: House) -> str:
    from django.urls import reverse  # noqa: PLC0415

    pattern = next(p for n, p in patterns() if n == name)
    holes = pattern.pattern.converters
    values = {hole: VALUES.get(hole, 1 if "Int" in type(kind).__name__ else "x")
              for hole, kind in holes.items()}  # fmt: skip
    if "workspace" in holes:
        values["workspace"] = house.workspace.slug
    return reverse(name, kwargs=values)


def lets_in(access: Access, who: str) -> bool:
    if access in (Access.ANYONE, Access.LINK):
        return True
    if access is Access.SIGNED_IN:
        return who != "anonymous"
    return who in set(Role) and may(Role(who), access)


@pytest.mark.parametrize("who", ["anonymous", "stranger", "guest", "member", "owner"])
def test_addresses_let_in_whom_they_name(house: House, who: str) -> None:
    client = house.client(who)
    wrong = []
    for name, access in ours():
        response = client.get(filled(name, house))
        is_login = response.status_code == 302 and "/accounts/login/" in response["Location"]
        is_shut = is_login or response.status_code == 403
        if access in (Access.GUEST, Access.MEMBER, Access.OWNER) and who == "stranger":
            is_right = response.status_code == 404
        elif lets_in(access, who):
            is_right = not is_shut and response.status_code < 500
        else:
            is_right = is_login if who == "anonymous" else response.status_code == 403
        if name == "front" and who == "anonymous":
            is_right = is_login
        if not is_right:
            wrong.append((name, access.value, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("who", ["anonymous", "stranger", "guest", "member"])
def test_whom_an_address_does_not_name_cannot_post_to_it(house: House, who: str) -> None:
    client = house.client(who)
    through = []
    for name, access in ours():
        if lets_in(access, who):
            continue
        response = client.post(filled(name, house), {"name": "x", "text": "x", "role": "owner"})
        is_login = response.status_code == 302 and "/accounts/login/" in response["Location"]
        if not is_login and response.status_code not in (403, 404):
            through.append((name, response.status_code))
    assert through == []
