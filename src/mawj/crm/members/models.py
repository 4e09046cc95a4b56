"""Users, workspaces, memberships, invitations, tokens and the trail of what was done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from mawj.crm.members.roles import Role


class Users(UserManager["User"]):
    """Users are made by their e-mail address alone."""

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """A user with that address; without a password nobody can sign in by one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person who signs in; the language, digits and calendar that they read."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, blank=True)
    digits = models.CharField(max_length=5, blank=True)
    calendar = models.CharField(max_length=9, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Users] = Users()

    def __str__(self) -> str:
        """The name, or the address of one who gave none."""
        return self.name or self.email


class Workspace(models.Model):
    """One team's work, with its own lake; nothing in it is seen from another."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    lake_path = models.CharField(max_length=400)
    currency = models.CharField(max_length=3, default="USD")
    is_made_up = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """The name of the workspace."""
        return self.name


class Membership(models.Model):
    """That a user belongs to a workspace, and as what."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=[(r.value, r.value) for r in Role])
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One membership for each user and workspace."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        """Who, where, as what."""
        return f"{self.user} in {self.workspace} as {self.role}"


class Invitation(models.Model):
    """A private link by which somebody joins; only the digest of its secret is stored."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=6, choices=[(r.value, r.value) for r in Role])
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Who is invited where."""
        return f"{self.email} to {self.workspace}"


class ApiToken(models.Model):
    """A key for programs, of one member of one workspace; only its digest is stored."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tokens")
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    beginning = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The name that its owner gave it."""
        return self.name


class TokenUse(models.Model):
    """How often a token called in one minute: the limit holds over all processes."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="uses")
    minute = models.DateTimeField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a token and minute."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "minute"], name="one_use_a_minute")
        ]

    def __str__(self) -> str:
        """How often, when."""
        return f"{self.n} in {self.minute}"


class TrailEntry(models.Model):
    """One thing that was done in a workspace: by whom, when, to what; never changed."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="trail")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=200)
    did = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        """Who did what to what."""
        return f"{self.by} {self.did} {self.about}"
