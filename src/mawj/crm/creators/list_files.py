"""Files that are brought for a list: kept, taken in, thrown away; rows left out are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from mawj.crm.creators.actions import add_to_list
from mawj.crm.creators.models import ListFile, RowLeftOut
from mawj.crm.data.actions import drop_upload, keep_upload
from mawj.crm.members.actions import record
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.core.files.uploadedfile import UploadedFile

    from mawj.crm.creators.models import CreatorList
    from mawj.crm.members.models import User, Workspace
    from mawj.flow.list_file import ListSeen


@transaction.atomic
def keep_list_file(found: CreatorList, by: User, file: UploadedFile[Any]) -> ListFile:
    """Keep a file until somebody has seen what it is taken for.

    Raises:
        ActionRefused: for an empty file.
    """
    upload = keep_upload(found.workspace, by, file)
    return ListFile.objects.create(list=found, upload=upload, name=upload.name, by=by)


@transaction.atomic
def take_in(file: ListFile, by: User, seen: ListSeen, names: Mapping[str, str]) -> int:
    """Put the accounts of a file on its list and keep the rows left out. How many came.

    Args:
        file: one that waits.
        by: who says so.
        seen: what was seen in it.
        names: what each account found is called.

    Raises:
        ActionRefused: for a file that was taken in, or when the list would grow too long.
    """
    if not file.is_waiting or file.upload is None:
        raise ActionRefused("this file is on the list already")
    file.n_added = add_to_list(file.list, by, {one: names[one] for one in seen.found})
    file.n_rows, file.n_found = seen.n_rows, len(seen.found)
    file.headings = list(seen.headings)
    upload, file.upload = file.upload, None
    file.save()
    RowLeftOut.objects.bulk_create([
        RowLeftOut(file=file, row=one.row, said=one.said, reason=one.reason,
                   accounts=list(one.accounts), cells=list(one.cells))
        for one in seen.left_out
    ], batch_size=500)  # fmt: skip
    drop_upload(upload, by)
    record(file.list.workspace, by, "took in list file", file.name, list=file.list.pk,
           rows=file.n_rows, added=file.n_added)  # fmt: skip
    return file.n_added


@transaction.atomic
def drop_list_file(file: ListFile, by: User) -> None:
    """Throw a file away, with the rows of it that were left out."""
    if file.upload is not None:
        drop_upload(file.upload, by)
    file.delete()


def forget_rows(workspace: Workspace, ids: Collection[str]) -> int:
    """Delete the rows left out that name accounts which are erased. How many went."""
    natives = {one.partition(":")[2].lower() for one in ids}
    rows = RowLeftOut.objects.filter(file__list__workspace=workspace)
    gone = [
        row.pk
        for row in rows.only("pk", "said", "accounts").iterator()
        if set(row.accounts) & set(ids)
        or row.said.lower().removeprefix("@") in natives
        or row.said in ids
    ]
    return RowLeftOut.objects.filter(pk__in=gone).delete()[0]
