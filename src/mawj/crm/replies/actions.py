"""Making a link, replying by it, and answering; all of it in the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from mawj.crm.jobs.actions import ask_for
from mawj.crm.members.actions import record
from mawj.crm.members.secrets import digest_of, new_secret
from mawj.crm.replies.models import Reply, ReplyLink
from mawj.flow.erasure_key import erasure_key
from mawj.tables.errors import ActionRefused

if TYPE_CHECKING:
    from datetime import datetime

    from mawj.crm.members.models import User, Workspace

LASTS = timedelta(days=60)
"""How long a link opens (our judgement: two months to see, ask and be answered)."""
MOST_TEXT, MOST_OPEN = 5_000, 40
"""Letters of a reply, and open replies of one link: enough to say all, too few to flood."""


@transaction.atomic
def make_link(workspace: Workspace, by: User, account_id: str) -> tuple[ReplyLink, str]:
    """A link for one account and its secret, told once; earlier links of it open no more."""
    now = timezone.now()
    workspace.reply_links.filter(account_id=account_id, revoked_at=None).update(revoked_at=now)
    secret = new_secret()
    link = ReplyLink.objects.create(
        workspace=workspace, account_id=account_id, digest=digest_of(secret), made_by=by,
        ends_at=now + LASTS,
    )  # fmt: skip
    record(workspace, by, "made reply link", account_id, account=account_id)
    return link, secret


def open_link(secret: str, now: datetime) -> ReplyLink | None:
    """The link that a secret opens, while it lasts; its first opening is noted."""
    found = (
        ReplyLink.objects.select_related("workspace")
        .filter(digest=digest_of(secret), revoked_at=None, ends_at__gt=now)
        .first()
    )
    if found is not None and found.opened_at is None:
        ReplyLink.objects.filter(pk=found.pk).update(opened_at=now)
    return found


@transaction.atomic
def reply(link: ReplyLink, kind: str, about: str, text: str) -> Reply:
    """What the scored person says.

    Raises:
        ActionRefused: for a kind that does not exist, no words where words are needed, or when
            too many replies are open.
    """
    if kind not in Reply.Kind.values:
        raise ActionRefused("say what this is about")
    text = text.strip()[:MOST_TEXT]
    if kind in (Reply.Kind.FACT, Reply.Kind.DISPUTE) and not text:
        raise ActionRefused("say in words what is wrong")
    if link.replies.filter(state=Reply.State.OPEN).count() >= MOST_OPEN:
        raise ActionRefused("your earlier replies have not been answered yet")
    made = Reply.objects.create(link=link, kind=kind, about=about[:200], text=text)
    record(link.workspace, None, f"replied {kind}", link.account_id, by=link.account_id,
           account=link.account_id, about_what=about[:200])  # fmt: skip
    return made


@transaction.atomic
def answer(found: Reply, by: User, text: str, *, is_accepted: bool) -> None:
    """What the team says to a reply; an erasure that is accepted is done as a job.

    Raises:
        ActionRefused: for one that is answered, a refusal without words, or an erasure where
            no key is set.
    """
    if found.state != Reply.State.OPEN:
        raise ActionRefused("this reply is answered already")
    if not is_accepted and not text.strip():
        raise ActionRefused("a refusal needs words: the person reads them")
    workspace = found.link.workspace
    if is_accepted and found.kind == Reply.Kind.ERASURE:
        if erasure_key() is None:
            raise ActionRefused("set MAWJ_ERASURE_KEY first: without it nobody can be erased")
        ask_for(workspace, "erase", by, title=found.link.account_id, reply=found.pk,
                account=found.link.account_id)  # fmt: skip
    found.state = Reply.State.ACCEPTED if is_accepted else Reply.State.REFUSED
    found.answer, found.answered_by, found.answered_at = text.strip(), by, timezone.now()
    found.save()
    record(workspace, by, f"{found.state} reply", found.link.account_id,
           account=found.link.account_id, kind=found.kind)  # fmt: skip


def hidden_topics(workspace: Workspace, account_id: str) -> frozenset[str]:
    """Topics that an account asked to hide and the team agreed to."""
    return frozenset(
        Reply.objects.filter(
            link__workspace=workspace, link__account_id=account_id,
            kind=Reply.Kind.HIDE_TOPIC, state=Reply.State.ACCEPTED,
        ).values_list("about", flat=True)
    )  # fmt: skip
