"""Who passes a message on next, how large cascades become, who retweets a celebrity next.

``python -m benchmarks.cascades [--data FOLDER]``. FOLDER holds the sets in folders of their
own, or the files of one of them directly:

- `cascades-topolstm-twitter` (graph.txt, train.txt, and test.txt where it is there): hashtags
  on Twitter with their follow graph (Wang, Zheng, Liu & Chang, ICDM 2017). Without test.txt the
  last fifth of the cascades by the time of their first adoption is held out, and what the
  others have after that moment is cut off. For each adoption after the root the accounts are
  ranked, given those before; ranks of ties are their middle. Users who stand neither in the
  graph nor in the training cascades can be found by nobody; they count as missed.
- `celebrity-retweeter-networks` (tweets.parquet): 78 accounts with 50 of their retweeters. The
  last 30 % of each network's time are held out; at each retweet the retweeters are ranked by
  what was known just before. The weights come from what lies before, in all networks.

Prints ``RESULT {json}``: `map_10`, `map_50`, `map_100`, `hits_10`, `hits_50`, `hits_100` of the
mixture (`mawj.plan.passing.next_adopters`) with `map_100_low` and `map_100_high` (90 %,
bootstrap over cascades), `map_100_baseline_best` and `hits_100_baseline_best` over random,
popularity,
neighbours by degree, static Bernoulli and partial credits (Goyal, Bonchi & Lakshmanan, 2010),
and company alone; `size_median_error` (median absolute error of the log of the final size),
`size_coverage_80`, `size_median_error_baseline` (the better of Szabo & Huberman's scaling and a
constant factor) and `size_median_error_constant` (the median past size); `retweeters_auc` (mean
over networks of the chance that the retweeter is ranked above another), `retweeters_hits_1`,
and of the baselines `retweeters_auc_rate` (past retweets) and `retweeters_auc_baseline_best`.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from scipy.sparse import csr_array

from benchmarks.cascades_beside import BASELINES
from mawj.graph.cascades import Cascades
from mawj.graph.responses import signs_at
from mawj.plan.passing.cascade_sizes import CascadeSizeSettings, cascade_sizes
from mawj.plan.passing.next_adopters import WAYS, NextAdopterSettings, next_adopters, steps
from mawj.plan.passing.next_passers import (
    NextPasserSettings,
    Responses,
    passer_chances,
    passer_weights,
)

TWITTER, CELEBRITIES = "cascades-topolstm-twitter", "celebrity-retweeter-networks"
HELD, HELD_TIME = 0.2, 0.3
AT = (10, 50, 100)
MOMENTS = 400
MISSED = 1e12
REPORTED = (
    "reported elsewhere: Topo-LSTM betters its baselines by 20.1 % to 56.6 % of MAP over Digg, "
    "Twitter and Memes (Wang et al., ICDM 2017, abstract, arXiv 1711.10162); the table itself "
    "was not at hand"
)
Cascade = tuple[list[int], np.ndarray]


def home_of(folder: Path, name: str, file: str) -> Path | None:
    """The folder of a set: named for it, or FOLDER itself where the file lies in it."""
    for home in (folder / name, folder):
        if (home / file).is_file():
            return home
    return None


def cascades_in(path: Path) -> list[Cascade]:
    """Cascades of a file: users with the root first, and the times of the others, rising."""
    read = []
    for line in path.read_text(encoding="utf-8").splitlines():
        told = line.split()
        users, times = [int(one) for one in told[1::2]], np.array(told[2::2], float)
        if not users:
            continue
        order = np.argsort(times, kind="stable")
        read.append(([int(told[0]), *(users[i] for i in order)], times[order]))
    return sorted(read, key=lambda one: (one[1][0], one[0]))


def split(home: Path) -> tuple[list[Cascade], list[Cascade], str]:
    """What may be learnt from, what is held out, and how they were told apart."""
    learnt = cascades_in(home / "train.txt")
    if (home / "test.txt").is_file():
        return learnt, cascades_in(home / "test.txt"), "test.txt"
    first = round(len(learnt) * (1 - HELD))
    held, moment = learnt[first:], learnt[first][1][0]
    cut = []
    for users, times in learnt[:first]:
        n = int(np.searchsorted(times, moment))
        if n:
            cut.append((users[: n + 1], times[:n]))
    return cut, held, "the last fifth by time; what others have later is cut off"


def numbered(rows: list[list[int]], number: dict[int, int]) -> Cascades:
    """Cascades over numbered users; who stands in a row twice counts once."""
    once = [list(dict.fromkeys(number[user] for user in row)) for row in rows]
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in once])]).astype(np.int64)
    node = np.array([one for row in once for one in row], np.int32)
    return Cascades(ptr, node, np.arange(node.size, dtype=np.float64))


def graph_of(home: Path, number: dict[int, int], learnt: Cascades) -> csr_array:
    """1 at [a, b] where b sees what a passes on, in the direction that explains more adoptions.

    The file does not say which of the two users of a line follows the other.
    """
    lines = (home / "graph.txt").read_text(encoding="utf-8").split()
    pairs = np.array([number[int(one)] for one in lines], np.int64).reshape(-1, 2)
    shape = (len(number), len(number))
    ways = [
        csr_array((np.ones(len(pairs)), (pairs[:, i], pairs[:, 1 - i])), shape) for i in (0, 1)
    ]
    explained = [
        sum(bool(way[active.astype(np.int64)][:, [one]].sum()) for active, one in steps(learnt))
        for way in ways
    ]
    return (ways[int(np.argmax(explained))] > 0).astype(np.float64)


def ranks(
    score: Callable[[np.ndarray], np.ndarray], held: Cascades, known: np.ndarray
) -> np.ndarray:
    """The rank of each held adopter among all accounts that have not adopted yet."""
    found = []
    for active, one in steps(held):
        if not known[one]:
            found.append(MISSED)
            continue
        scores = score(active).copy()
        scores[active] = -np.inf
        scores[~known] = -np.inf
        above, alike = (scores > scores[one]).sum(), (scores == scores[one]).sum()
        found.append(above + (alike - 1) / 2 + 1)
    return np.array(found)


def figures(found: np.ndarray) -> dict[str, float]:
    """Mean reciprocal rank and share of hits among the first k."""
    made = {f"map_{k}": float(np.where(found <= k, 1 / found, 0).mean()) for k in AT}
    return made | {f"hits_{k}": float((found <= k).mean()) for k in AT}


def spread_of(found: np.ndarray, held: Cascades) -> tuple[float, float]:
    """The 5 % and 95 % quantile of map_100 over cascades drawn again and again."""
    of = np.repeat(np.arange(held.n_cascades), held.sizes() - 1)
    gain = np.bincount(of, np.where(found <= 100, 1 / found, 0), held.n_cascades)
    size, random = np.bincount(of, minlength=held.n_cascades), np.random.default_rng(1)
    drawn = random.integers(0, held.n_cascades, (1000, held.n_cascades))
    means = gain[drawn].sum(axis=1) / np.maximum(size[drawn].sum(axis=1), 1)
    low, high = np.quantile(means, [0.05, 0.95])
    return float(low), float(high)


def adopters(home: Path) -> dict[str, Any]:
    """Next adopters: the mixture beside the baselines."""
    learnt_rows, held_rows, how = split(home)
    graph = [int(one) for one in (home / "graph.txt").read_text(encoding="utf-8").split()]
    seen = {*graph, *(user for users, _ in learnt_rows for user in users)}
    everybody = sorted(seen | {user for users, _ in held_rows for user in users})
    number = {user: at for at, user in enumerate(everybody)}
    known = np.array([user in seen for user in everybody])
    learnt, held = (numbered([u for u, _ in r], number) for r in (learnt_rows, held_rows))
    follows = graph_of(home, number, learnt)
    mixture = next_adopters(learnt, follows, next_adopter_settings=NextAdopterSettings())
    found = {
        name: ranks(made(learnt, follows), held, known) for name, made in BASELINES.items()
    }
    own = ranks(mixture.chances, held, known)
    told = {name: figures(one) for name, one in found.items()}
    print(f"\n{TWITTER}: {learnt.n_cascades} cascades, {held.n_cascades} held out ({how});")
    print(f"{own.size} adoptions to rank, {np.mean(own < MISSED):.1%} by accounts known before")
    weights = {name: round(float(w), 3) for name, w in zip(WAYS, mixture.weights, strict=True)}
    print("weights of the ways:", weights)
    for name, row in {**told, "mixture": figures(own)}.items():
        print(f"{name:20}", " ".join(f"{key} {value:.4f}" for key, value in row.items()))
    print(REPORTED)
    low, high = spread_of(own, held)
    best = {f"{key}_baseline_best": max(row[key] for row in told.values())
            for key in ("map_100", "hits_100")}  # fmt: skip
    return {
        **figures(own), "map_100_low": low, "map_100_high": high, **best,
        "n_adoptions": int(own.size), "known_share": float(np.mean(own < MISSED)), "split": how,
    }  # fmt: skip


def sizes(home: Path) -> dict[str, Any]:
    """Final sizes from the first hours: the age at which half of a past cascade had come."""
    learnt, held, _ = split(home)
    if not (home / "test.txt").is_file():
        # Only cascades that were at their end count as past ones.
        whole = {tuple(users[:2]): len(users) for users, _ in cascades_in(home / "train.txt")}
        learnt = [one for one in learnt if len(one[0]) == whole[tuple(one[0][:2])]]
    past = [times - times[0] for _, times in learnt]
    running = [times - times[0] for _, times in held]
    age = float(np.median([np.median(ages) for ages in past]))
    forecast = cascade_sizes(past, running, age, cascade_size_settings=CascadeSizeSettings())
    final = np.array([ages.size for ages in running], float)
    so_far = np.array([np.searchsorted(a, age, side="right") for a in running], float)
    growth = np.array([np.log(a.size / np.searchsorted(a, age, side="right")) for a in past])
    usual = float(np.median([ages.size for ages in past]))
    beside = {
        "as it is": so_far,
        "constant factor": so_far * np.exp(np.median(growth)),
        "Szabo-Huberman": so_far * np.exp(growth.mean()),
        "median past size": np.full_like(final, usual),
        "Mawj": forecast.size,
    }
    errors = {k: float(np.median(np.abs(np.log(size / final)))) for k, size in beside.items()}
    coverage = float(((forecast.low <= final) & (final <= forecast.high)).mean())
    print(f"\nfinal sizes of {final.size} cascades at age {age:.0f}, by {len(past)} past ones")
    shown = {name: round(error, 3) for name, error in errors.items()}
    print(f"way {forecast.way}, coverage {coverage:.3f}; median error of the log:", shown)
    return {
        "size_median_error": errors["Mawj"], "size_coverage_80": coverage,
        "size_median_error_baseline": min(errors["constant factor"], errors["Szabo-Huberman"]),
        "size_median_error_scaling": errors["Szabo-Huberman"],
        "size_median_error_constant": errors["median past size"],
        "size_median_error_same": errors["as it is"], "size_way": forecast.way,
    }  # fmt: skip


def networks(home: Path) -> list[Responses]:
    """The retweeters' acts of each network, in the order of time; the root's own left out."""
    table = pq.read_table(home / "tweets.parquet").to_pydict()
    name, unix, node, flag = (
        np.array(table[column]) for column in ("network", "unix", "node", "is_retweet_of_root")
    )
    made = []
    for one in np.unique(name):
        at = np.flatnonzero((name == one) & (node > 1))
        at = at[np.lexsort((node[at], unix[at]))]
        who = np.unique(node[at], return_inverse=True)
        acts = (unix[at].astype(np.float64), who[1].ravel().astype(np.int32), flag[at] > 0)
        if acts[2].any() and who[0].size > 1:
            made.append(Responses(*acts, int(who[0].size)))
    return made


def above(scores: np.ndarray, who: np.ndarray) -> tuple[float, float]:
    """Mean share of the others ranked below who it was, and how often it was the first."""
    own = scores[np.arange(who.size), who][:, None]
    higher = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2
    return float(np.mean(1 - higher / (scores.shape[1] - 1))), float(np.mean(higher < 1))


def retweeters(home: Path) -> dict[str, Any]:
    """Who retweets next: the conditional logit beside the past rate and recency."""
    sources = networks(home)
    until = [s.time[0] + (1 - HELD_TIME) * (s.time[-1] - s.time[0]) for s in sources]
    weights = passer_weights(sources, until, next_passer_settings=NextPasserSettings())
    rows: dict[str, list[tuple[float, float]]] = {}
    for source, end in zip(sources, until, strict=True):
        at = source.passes(end, np.inf, MOMENTS)
        if not at.size:
            continue
        who = source.who[at]
        signs = signs_at(source.time, source.who, source.is_pass, at, source.n)
        past = np.bincount(source.who[(source.time < end) & source.is_pass], minlength=source.n)
        told = {
            "uniform": np.zeros((at.size, source.n)),
            "past retweets": np.tile(past, (at.size, 1)),
            "retweets lately": signs[:, :, 1], "active last": -signs[:, :, 4],
            "Mawj": passer_chances(source, at, weights),
        }  # fmt: skip
        for name, scores in told.items():
            rows.setdefault(name, []).append(above(scores, who))
    means = {name: np.mean(found, axis=0) for name, found in rows.items()}
    print(
        f"\n{CELEBRITIES}: {len(rows['Mawj'])} networks with retweets in the last 30 % of time"
    )
    for name, (area, first) in means.items():
        print(f"{name:20} auc {area:.4f} first {first:.4f}")
    best = max(found[0] for name, found in means.items() if name != "Mawj")
    return {
        "retweeters_auc": means["Mawj"][0], "retweeters_hits_1": means["Mawj"][1],
        "retweeters_auc_rate": means["past retweets"][0], "retweeters_auc_baseline_best": best,
        "n_networks": len(rows["Mawj"]),
    }  # fmt: skip


def main() -> None:
    """Measure what the folder holds and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, default=Path("data"))
    folder = parser.parse_args().data
    begin, result = time.perf_counter(), {}
    twitter = home_of(folder, TWITTER, "train.txt")
    celebrities = home_of(folder, CELEBRITIES, "tweets.parquet")
    sets = ((TWITTER, twitter, (adopters, sizes)), (CELEBRITIES, celebrities, (retweeters,)))
    for name, home, parts in sets:
        if home is None:
            print(f"{name}: not there, skipped")
            continue
        for part in parts:
            result |= part(home)
    if not result:
        skipped = f"neither {TWITTER} nor {CELEBRITIES} in {folder}"
        print("RESULT " + json.dumps({"skipped": skipped}))
        return
    plain = {k: round(float(v), 5) if isinstance(v, float) else v for k, v in result.items()}
    plain["seconds"] = round(time.perf_counter() - begin, 1)
    print("RESULT " + json.dumps(plain))


if __name__ == "__main__":
    main()
