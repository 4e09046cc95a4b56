"""What vetting finds of what is planted in a made-up world, and of those in whom nothing is.

A pure function for `benchmarks.vetting` and for tests; it knows which checks should speak for
which planted group, and reads the findings of any vetting of the world's creators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mawj.vet import shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

SHOULD_RAISE: dict[str, tuple[str, ...]] = {
    "bought_growth": ("sudden_followers", "followers_lost_again"),
    "comment_ring": ("comment_rings",),
    "giveaway": ("giveaway_growth", "follow_loops"),
    "undisclosed_ads": ("undisclosed_ads",),
    "paid_advocate": ("paid_against_said", "political_exposure"),
    "one_sided": ("political_exposure", "political_accusations"),
    "copier": ("copied_posts",),
    "machine_rhythm": ("machine_rhythm",),
    "follow_exchange": ("follow_loops",),
    "off_topic_ads": ("ads_off_topic",),
    "values_drift": ("stated_values_drift",),
    "posing_buyer": ("buyer_testimonials",),
}
"""Planted group: the checks of which at least one should be raised for its accounts."""


def wilson(n_yes: int, n: int) -> tuple[float, float]:
    """Ends of the 90 % interval of a share, as the checks reckon it; 0 to 1 of none."""
    low, high = shares.wilson(n_yes, n)
    return float(low), float(high)


def known_truth(
    findings: pa.Table,
    truth: Mapping[str, pa.Table],
    should_raise: Mapping[str, tuple[str, ...]] = SHOULD_RAISE,
) -> dict[str, dict[str, Any]]:
    """Recall of each planted group, and false alarms of each check among clean creators.

    Args:
        findings: `vet_findings` of the vetted accounts.
        truth: the world's `accounts` and `planted`.
        should_raise: planted group to checks; checks that are not in the findings are named in
            `absent` and do not count.

    Returns:
        By group: n, found, recall with its ends, of vetted accounts, and (found, n) by
        language. By check: n (clean creators for whom it could be made), raised, share with
        its ends.
    """
    raised: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    names = ("subject_id", "finding", "status")
    rows = zip(*(findings[name].to_pylist() for name in names), strict=True)
    vetted = set(findings["subject_id"].to_pylist())
    for account, finding, status in rows:
        if status in ("raised", "clear"):
            made.setdefault(finding, set()).add(account)
        if status == "raised":
            raised.setdefault(finding, set()).add(account)
    planted: dict[str, set[str]] = {}
    told = truth["planted"]
    for group, account in zip(
        told["planted"].to_pylist(), told["account_id"].to_pylist(), strict=True
    ):
        planted.setdefault(group, set()).add(account)
    known = truth["accounts"]
    pairs = zip(known["account_id"].to_pylist(), known["is_clean"].to_pylist(), strict=True)
    clean = {account for account, is_clean in pairs if is_clean} & vetted
    spoken = dict(
        zip(known["account_id"].to_pylist(), known["language"].to_pylist(), strict=True)
    )
    return {
        "groups": {
            group: _recall(planted.get(group, set()) & vetted, raised, made, checks)
            | {
                "languages": _by_language(
                    planted.get(group, set()) & vetted, raised, checks, spoken
                )
            }
            for group, checks in should_raise.items()
        },
        "checks": {
            finding: _shares("share", len(raised.get(finding, set()) & clean), len(of & clean))
            for finding, of in sorted(made.items())
        },
    }


def _recall(
    accounts: set[str],
    raised: Mapping[str, set[str]],
    made: Mapping[str, set[str]],
    checks: Iterable[str],
) -> dict[str, Any]:
    checks = tuple(checks)
    found = set().union(*(raised.get(check, set()) for check in checks)) & accounts
    by_check = {check: len(raised.get(check, set()) & accounts) for check in checks}
    absent = [check for check in checks if check not in made]
    return _shares("recall", len(found), len(accounts)) | {"by": by_check, "absent": absent}


def _by_language(
    accounts: set[str],
    raised: Mapping[str, set[str]],
    checks: Iterable[str],
    spoken: Mapping[str, str],
) -> dict[str, tuple[int, int]]:
    """Found and planted of each language."""
    found = set().union(*(raised.get(check, set()) for check in checks))
    return {
        language: (
            sum(spoken[one] == language for one in accounts & found),
            sum(spoken[one] == language for one in accounts),
        )
        for language in sorted({spoken[one] for one in accounts})
    }


def _shares(name: str, n_yes: int, n: int) -> dict[str, Any]:
    low, high = wilson(n_yes, n)
    return {
        "n": n, "raised": n_yes, name: n_yes / n if n else None,
        f"{name}_low": low, f"{name}_high": high,
    }  # fmt: skip
