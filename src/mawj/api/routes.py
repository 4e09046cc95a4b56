"""The endpoints, by what they are about; each names who may call it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router, Status
from ninja.errors import HttpError

from mawj.api import answers, schemas
from mawj.api.callers import needs
from mawj.crm.brands.actions import vet_accounts
from mawj.crm.creators import actions as lists
from mawj.crm.creators.models import CreatorList
from mawj.crm.jobs.actions import ask_for
from mawj.crm.jobs.models import Job
from mawj.crm.members.here import Here
from mawj.crm.members.roles import Access
from mawj.crm.plans.actions import ask_for_plan
from mawj.crm.plans.models import SavedPlan
from mawj.flow import changes as changing
from mawj.flow import comparing, finding, forecasting, overlapping, pricing, why
from mawj.flow.accounts import account_id_of, account_ids_of
from mawj.flow.coverage import coverage
from mawj.flow.named import names_of
from mawj.flow.settings import settings_in_force
from mawj.flow.tiers_answer import tier_effects, tier_groups
from mawj.flow.vet_kept import kept_report, latest_vetting_of
from mawj.plan.pricing.terms import Terms
from mawj.tables.errors import NotFound

GUEST, MEMBER = Access.GUEST, Access.MEMBER
FAULTS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), schemas.Fault)
router = Router()


@router.get("/find", response={200: schemas.Shortlist, **FAULTS}, tags=["find"])
@needs(GUEST, schemas.FindAsked)
def find(
    request: HttpRequest, here: Here, workspace: Path[str], asked: Query[schemas.FindAsked]
) -> Any:
    """Who moves an audience on a subject, in any spelling of Arabic, Persian or English.

    `trust` is the last vetting's verdict on credibility; `audience_…` asks for a fifth of the
    audience, where it was loaded; `price` and `fee_…` rest on loaded fees and are for members.
    """
    if (asked.price or asked.fee_at_most) and not here.may_see_prices:
        raise HttpError(403, "prices are for members")
    return finding.find(here.lake, finding.Wanted(**asked.dict()))


@router.get(
    "/creators/{path:account}/why", response={200: schemas.Explained, **FAULTS}, tags=["find"]
)
@needs(GUEST, schemas.TopicAsked)
def explain(
    request: HttpRequest, here: Here, workspace: Path[str], account: str,
    asked: Query[schemas.TopicAsked],
) -> Any:  # fmt: skip
    """Why an influence is what it is: reasons that add up to it, with their evidence."""
    return answers.explained(why.why(here.lake, account, asked.topic))


@router.get(
    "/creators/{path:account}/vetting", response={200: schemas.Rows, **FAULTS}, tags=["vet"]
)
@needs(GUEST)
def vetting(request: HttpRequest, here: Here, workspace: Path[str], account: str) -> Any:
    """The findings of the last kept vetting of an account, as rows of `vet_findings`."""
    own = account_id_of(here.lake, account)
    vetting_id = latest_vetting_of(here.lake, own)
    if not vetting_id:
        raise NotFound(f"{own} has not been vetted; POST vettings asks for it")
    report = kept_report(here.lake, vetting_id, own)
    found = [
        {"score": score.score, "value": score.value, "verdict": score.verdict,
         **{k: v for k, v in vars(reason).items() if k != "evidence"},
         "evidence": [vars(one) for one in reason.evidence]}
        for score in report.accounts[0].scores for reason in score.reasons
    ]  # fmt: skip
    return answers.rows_plain(found)


@router.get("/compare", response={200: schemas.Compared, **FAULTS}, tags=["find"])
@needs(GUEST, schemas.CompareAsked)
def compare(
    request: HttpRequest, here: Here, workspace: Path[str], asked: Query[schemas.CompareAsked]
) -> Any:
    """Two to five accounts side by side, reason by reason."""
    return answers.compared(comparing.compare(here.lake, asked.account, asked.topic))


@router.get("/tiers", response={200: schemas.Rows, **FAULTS}, tags=["find"])
@needs(GUEST, schemas.SchemeAsked)
def tiers(
    request: HttpRequest, here: Here, workspace: Path[str], asked: Query[schemas.SchemeAsked]
) -> Any:
    """What each size moves: rows of `tier_engagement`, then of `tier_effects`."""
    lake = here.lake
    found = [*tier_groups(lake, asked.scheme), *tier_effects(lake, asked.scheme)]
    return answers.rows_plain(found)


@router.get("/coverage", response={200: dict[str, Any], **FAULTS}, tags=["data"])
@needs(GUEST)
def covered(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """What can be said of what is loaded, what cannot, and what to load next."""
    found = coverage(here.lake)
    told = vars(found) | {"contributions": [vars(one) for one in found.contributions]}
    return answers.plain(told)


@router.get("/changes", response={200: dict[str, Any], **FAULTS}, tags=["data"])
@needs(GUEST, schemas.TopicAsked)
def changes(
    request: HttpRequest, here: Here, workspace: Path[str], asked: Query[schemas.TopicAsked]
) -> Any:
    """What moved since the last run but one, and why."""
    found = changing.changes(here.lake, topic_id=asked.topic)
    return answers.plain(vars(found) | {"changes": [vars(one) for one in found.changes]})


@router.get("/overlap", response={200: dict[str, Any], **FAULTS}, tags=["plan"])
@needs(GUEST, schemas.AccountsAsked)
def overlap(
    request: HttpRequest,
    here: Here,
    workspace: Path[str],
    asked: Query[schemas.AccountsAsked],
) -> Any:
    """Whose audiences are the same people."""
    return answers.plain(vars(overlapping.overlapping(here.lake, asked.account)))


@router.get("/prices", response={200: schemas.Rows, **FAULTS}, tags=["plan"])
@needs(MEMBER, schemas.AccountsAsked)
def prices(
    request: HttpRequest,
    here: Here,
    workspace: Path[str],
    asked: Query[schemas.AccountsAsked],
) -> Any:
    """What usual deliverables may cost: rows of `price_lines`, each with its source."""
    ids, _ = account_ids_of(here.lake, asked.account)
    terms = Terms(currency=here.workspace.currency)
    told = pricing.PriceAsked(ids, terms, timezone.now().date())
    return answers.rows_plain(
        pricing.price(here.lake, told, settings_in_force()).lines.to_pylist()
    )


@router.get("/forecasts", response={200: schemas.Rows, **FAULTS}, tags=["plan"])
@needs(GUEST, schemas.ForecastAsked)
def forecasts(
    request: HttpRequest,
    here: Here,
    workspace: Path[str],
    asked: Query[schemas.ForecastAsked],
) -> Any:
    """What posts may bring on a day: rows of `forecasts`, with intervals."""
    ids, _ = account_ids_of(here.lake, asked.account)
    wanted = forecasting.ForecastWanted([asked.on], is_paid=asked.is_paid, with_lines=False)
    found = forecasting.forecasts_for(here.lake, ids, wanted, settings_in_force())
    return answers.rows_plain(found.rows.to_pylist())


@router.post("/vettings", response={202: schemas.JobSeen, **FAULTS}, tags=["vet"])
@needs(MEMBER)
def vet(request: HttpRequest, here: Here, workspace: Path[str], asked: schemas.VetAsked) -> Any:
    """Ask for accounts to be vetted; the answer is a job."""
    ids, _ = account_ids_of(here.lake, asked.accounts)
    brand = None
    if asked.brand is not None:
        brand = get_object_or_404(here.workspace.brands, pk=asked.brand)
    job = vet_accounts(here.workspace, here.user, ids, brand=brand)
    return Status(202, answers.job_seen(job))


@router.post("/runs", response={202: schemas.JobSeen, **FAULTS}, tags=["data"])
@needs(MEMBER)
def run(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """Ask for everything to be computed; the answer is a job."""
    return Status(202, answers.job_seen(ask_for(here.workspace, "run", here.user)))


@router.get("/jobs", response={200: list[schemas.JobSeen], **FAULTS}, tags=["data"])
@needs(GUEST)
def jobs(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """The latest fifty jobs, newest first."""
    return [answers.job_seen(job) for job in here.workspace.jobs.all()[:50]]


@router.get("/jobs/{int:job}", response={200: schemas.JobSeen, **FAULTS}, tags=["data"])
@needs(GUEST)
def job(request: HttpRequest, here: Here, workspace: Path[str], job: int) -> Any:
    """One job: where it is, and what came of it."""
    return answers.job_seen(get_object_or_404(Job, pk=_id(job), workspace=here.workspace))


@router.get("/plans", response={200: list[schemas.PlanSeen], **FAULTS}, tags=["plan"])
@needs(GUEST)
def plans(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """The latest twenty plans, newest first."""
    found = here.workspace.plans.all()[:20]
    return [answers.plan_seen(one, with_prices=here.may_see_prices) for one in found]


@router.post("/plans", response={202: schemas.PlanSeen, **FAULTS}, tags=["plan"])
@needs(MEMBER)
def plan(
    request: HttpRequest, here: Here, workspace: Path[str], asked: schemas.PlanAsked
) -> Any:
    """Ask for a plan; it is told once its job is done."""
    made = ask_for_plan(here.workspace, here.user, asked.brief)
    return Status(202, answers.plan_seen(made, with_prices=True))


@router.get("/plans/{int:plan}", response={200: schemas.PlanSeen, **FAULTS}, tags=["plan"])
@needs(GUEST)
def one_plan(request: HttpRequest, here: Here, workspace: Path[str], plan: int) -> Any:
    """A plan with its portfolio and reasons; guests see no prices."""
    found = get_object_or_404(SavedPlan, pk=_id(plan), workspace=here.workspace)
    return answers.plan_seen(found, with_prices=here.may_see_prices)


@router.get("/lists", response={200: list[schemas.ListSeen], **FAULTS}, tags=["lists"])
@needs(GUEST)
def all_lists(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """All lists."""
    return list(here.workspace.lists.all())


@router.post("/lists", response={201: schemas.ListSeen, **FAULTS}, tags=["lists"])
@needs(MEMBER)
def new_list(
    request: HttpRequest, here: Here, workspace: Path[str], asked: schemas.ListAsked
) -> Any:
    """A new list."""
    return Status(201, lists.start_list(here.workspace, here.user, asked.name))


@router.get("/lists/{int:found}", response={200: schemas.ListWhole, **FAULTS}, tags=["lists"])
@needs(GUEST)
def one_list(request: HttpRequest, here: Here, workspace: Path[str], found: int) -> Any:
    """A list with those on it; guests see neither tags nor reminders."""
    shown = get_object_or_404(CreatorList, pk=_id(found), workspace=here.workspace)
    entries = [
        {"account_id": e.account_id, "name": e.name, "stage": e.stage,
         "tags": e.tags if here.may_see_prices else [],
         "remind_on": e.remind_on if here.may_see_prices else None}
        for e in shown.entries.all()
    ]  # fmt: skip
    return {"id": shown.pk, "name": shown.name, "stages": shown.stages,
            "made_at": shown.made_at, "entries": entries}  # fmt: skip


@router.post(
    "/lists/{int:found}/entries", response={200: schemas.Added, **FAULTS}, tags=["lists"]
)
@needs(MEMBER)
def add(
    request: HttpRequest,
    here: Here,
    workspace: Path[str],
    found: int,
    asked: schemas.EntriesAsked,
) -> Any:
    """Put accounts on a list; what is not loaded is said."""
    shown = get_object_or_404(CreatorList, pk=_id(found), workspace=here.workspace)
    ids, unknown = account_ids_of(here.lake, asked.accounts, skip_unknown=True)
    n = lists.add_to_list(shown, here.user, names_of(here.lake, ids))
    return {"n_added": n, "unknown": unknown}


@router.get("/members", response={200: list[schemas.Member], **FAULTS}, tags=["team"])
@needs(MEMBER)
def members(request: HttpRequest, here: Here, workspace: Path[str]) -> Any:
    """Who belongs here."""
    found = here.workspace.memberships.select_related("user").order_by("joined_at")
    return [{"name": one.user.name, "email": one.user.email, "role": one.role} for one in found]


MOST_ID = 2**63 - 1


def _id(key: int) -> int:
    """A key as a database can hold it; a larger one is that of nothing."""
    return key if key <= MOST_ID else 0
