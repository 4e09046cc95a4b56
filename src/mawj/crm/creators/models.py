"""Lists, their entries, the notes on these, and the files that lists were brought in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mawj.crm.data.models import Upload
from mawj.crm.members.models import User, Workspace

STAGES = ("unaware", "aware", "interested", "engaged", "advocate")
"""How near a creator is to the brand, as Traackr's relationship ladder has it."""


def usual_stages() -> list[str]:
    """The ladder that a new list begins with."""
    return list(STAGES)


def no_tags() -> list[str]:
    """What a new entry is tagged with."""
    return []


def no_texts() -> list[str]:
    """What a new file is not yet known to hold."""
    return []


class CreatorList(models.Model):
    """A shortlist, and the stages that its creators pass through."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="lists")
    name = models.CharField(max_length=120)
    stages = models.JSONField(default=usual_stages)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first; a name once in a workspace."""

        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="one_list_of_a_name")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Entry(models.Model):
    """One account on a list; the account itself lies in the lake, under `account_id`."""

    list = models.ForeignKey(CreatorList, models.CASCADE, related_name="entries")
    account_id = models.CharField(max_length=300)
    name = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    tags = models.JSONField(default=no_tags)
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    remind_on = models.DateField(null=True, db_index=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order of adding; an account once on a list."""

        ordering: ClassVar[list[str]] = ["added_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["list", "account_id"], name="once_on_a_list")
        ]

    def __str__(self) -> str:
        """Who."""
        return self.name or self.account_id


class Note(models.Model):
    """What somebody wrote of an entry; for members only."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        """Its beginning."""
        return self.text[:60]


class ListFile(models.Model):
    """A file that was brought for a list: it waits with its upload until it is taken in."""

    list = models.ForeignKey(CreatorList, models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, models.SET_NULL, null=True, related_name="list_file")
    name = models.CharField(max_length=200)
    headings = models.JSONField(default=no_texts)
    n_rows = models.IntegerField(null=True)
    n_found = models.IntegerField(null=True)
    n_added = models.IntegerField(null=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        """The name that it came with."""
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has said yet that its accounts shall go on the list."""
        return self.n_rows is None


class RowLeftOut(models.Model):
    """A row of a file that named no account, or more than one; kept to be mended."""

    class Reason(models.TextChoices):
        """Why."""

        EMPTY = "empty"
        NONE = "none"
        SEVERAL = "several"
        UNREADABLE = "unreadable"

    file = models.ForeignKey(ListFile, models.CASCADE, related_name="left_out")
    row = models.IntegerField()
    said = models.TextField(blank=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    accounts = models.JSONField(default=no_texts)
    cells = models.JSONField(default=no_texts)

    class Meta:
        """As in the file."""

        ordering: ClassVar[list[str]] = ["row", "id"]

    def __str__(self) -> str:
        """What it said, and why that was not enough."""
        return f"{self.said} ({self.reason})"
