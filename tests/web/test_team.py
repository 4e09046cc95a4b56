"""The team: invitations that serve once, roles, tokens shown once, the trail, two-factor."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.utils import timezone

from mawj.crm.members.actions import accept_invitation, change_role, invite, remove_member
from mawj.crm.members.models import ApiToken, Invitation, Membership, User
from mawj.crm.members.roles import Role
from mawj.crm.members.secrets import digest_of
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from tests.people import House


def invited(house: House, email: str, role: str = "member") -> str:
    client = house.client("owner")
    client.post(house.url("team/invite/"), {"email": email, "role": role})
    shown = client.get(house.url("team/")).content.decode()
    found = re.search(r"/join/([\w-]+)/", shown)
    assert found is not None
    assert f"/join/{found[1]}/" not in client.get(house.url("team/")).content.decode()
    return found[1]


def test_somebody_new_joins_by_the_link_once(house: House) -> None:
    secret = invited(house, "new@example.org", "guest")
    assert secret in mail.outbox[-1].body
    browser = Client()
    shown = browser.get(f"/join/{secret}/")
    assert shown["Cache-Control"] == "no-store"
    told = {"name": "نورة", "password": "قهوة في الصباح 9"}
    gone = browser.post(f"/join/{secret}/", told)
    assert gone["Location"] == house.url()
    joined = Membership.objects.get(user__email="new@example.org")
    assert joined.role == "guest"
    assert Client().get(f"/join/{secret}/").status_code == 404, "it serves once"


def test_an_invitation_is_for_one_address_and_seven_days(house: House) -> None:
    secret = invited(house, "guest-to-be@example.org")
    assert house.client("stranger").post(f"/join/{secret}/").status_code == 422
    invitation = Invitation.objects.get()
    assert invitation.digest == digest_of(secret)
    user = User.objects.create_user("guest-to-be@example.org")
    too_late = timezone.now() + timedelta(days=8)
    with pytest.raises(ActionRefused, match="ended"):
        accept_invitation(invitation, user, too_late)


def test_a_weak_password_does_not_join(house: House) -> None:
    secret = invited(house, "weak@example.org")
    shown = Client().post(f"/join/{secret}/", {"name": "x", "password": "password"})
    assert shown.status_code == 200
    assert not User.objects.filter(email="weak@example.org").exists()


def test_a_workspace_keeps_an_owner(house: House) -> None:
    owner = Membership.objects.get(user=house.users["owner"])
    with pytest.raises(ActionRefused, match="owner"):
        change_role(owner, Role.GUEST, house.users["owner"])
    with pytest.raises(ActionRefused, match="owner"):
        remove_member(owner, house.users["owner"])
    member = Membership.objects.get(user=house.users["member"])
    url = house.url(f"team/member/{member.pk}/")
    house.client("owner").post(url, {"role": "owner"})
    member.refresh_from_db()
    assert member.role == "owner"


def test_who_leaves_loses_tokens_and_the_way_in(house: House) -> None:
    client = house.client("member")
    client.post(house.url("team/token/"), {"name": "sheet"})
    shown = client.get(house.url("team/")).content.decode()
    secret = re.search(r"mawj_[\w-]+", shown)
    assert secret is not None
    token = ApiToken.objects.get()
    assert token.digest == digest_of(secret[0])
    assert secret[0] not in client.get(house.url("team/")).content.decode()
    member = Membership.objects.get(user=house.users["member"])
    house.client("owner").post(house.url(f"team/member/{member.pk}/"), {"role": "remove"})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert client.get(house.url()).status_code == 404


def test_a_member_cannot_do_what_an_owner_does(house: House) -> None:
    client = house.client("member")
    member = Membership.objects.get(user=house.users["member"])
    for path, told in (
        ("invite/", {"email": "x@example.org", "role": "owner"}),
        (f"member/{member.pk}/", {"role": "owner"}),
        ("change/", {"name": "mine", "currency": "USD"}),
    ):
        assert client.post(house.url(f"team/{path}"), told).status_code == 403
    assert client.get(house.url("team/trail/")).status_code == 403
    invite(house.workspace, "a@example.org", Role.GUEST, house.users["owner"])
    token = house.client("owner").post(house.url("team/token/"), {"name": "theirs"})
    assert token.status_code == 302
    theirs = ApiToken.objects.get()
    assert client.post(house.url(f"team/token/{theirs.pk}/revoke/")).status_code == 404


def test_the_trail_tells_what_was_done_and_can_be_narrowed(house: House) -> None:
    invited(house, "a@example.org")
    shown = house.client("owner").get(house.url("team/trail/"), {"about": "a@example"})
    assert [one.did for one in shown.context["page"]] == ["invited"]


def test_signing_in_with_a_second_factor(house: House) -> None:
    secret = generate_totp_secret()
    TOTP.activate(house.users["member"], secret)
    browser = Client()
    told = {"login": "member@example.org", "password": "a long password"}
    first = browser.post("/accounts/login/", told)
    assert "2fa" in first["Location"]
    assert browser.get(house.url()).status_code == 302, "not in before the second step"
    wrong = browser.post(first["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    from allauth.mfa.totp.internal.auth import (  # noqa: PLC0415
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert browser.post(first["Location"], {"code": code}).status_code == 302
    assert browser.get(house.url()).status_code == 200


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_pages_of_an_account_are_styled_and_translated(house: House, language: str) -> None:
    client = house.client("member", language)
    for path in ("/accounts/2fa/", "/accounts/password/change/"):
        text = client.get(path).content.decode()
        assert 'dir="rtl"' in text
        assert "mawj.css" in text
