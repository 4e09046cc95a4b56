"""What set-up compiles for planning is all that planning runs."""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import numpy as np
import pyarrow as pa
from numba.core.dispatcher import Dispatcher

from mawj import graph
from mawj.graph.compiled import compile_kernels as compile_graph
from mawj.plan import kernels
from mawj.plan.forecasting.backtest import BacktestSettings, backtest
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.kernels.branching import branch, order_of
from mawj.plan.kernels.compiled import OBJECTIVES, compile_kernels
from mawj.plan.kernels.covering import gathered, scattered
from mawj.plan.kernels.like import centres_of, segment_medians, slopes_of
from mawj.plan.passing.two_step import PassingArcs
from mawj.plan.passing.two_step_people import (
    People,
    people_reached,
    people_spread,
    spread_wish,
)
from mawj.plan.passing.two_step_spread import TwoStepLimits
from mawj.plan.portfolio import PortfolioAsked, portfolio
from tests.plan.choosing.cases import asked, made_up
from tests.plan.forecast_world import AS_OF, accounts_of, crowd, posts_of, told

N_PEOPLE = 300


def signatures(*packages: ModuleType) -> dict[str, int]:
    """How often each kernel of the packages was compiled or loaded in this process."""
    found = {}
    for package in packages:
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            for name, kernel in vars(import_module(module.name)).items():
                if isinstance(kernel, Dispatcher):
                    found[f"{module.name}.{name}"] = len(kernel.signatures)
    return found


def test_nothing_is_left_to_compile_after_set_up() -> None:
    compile_kernels()
    before = signatures(kernels)
    rows = crowd(30)
    known = {"account_id": "youtube:peer001", "platform": "youtube", "followers": 9_000.0}
    assert told(accounts_of(known), posts_of(*rows), deliverables=["youtube:video"])[0]
    backtest(
        posts_of(*rows), {}, AS_OF, backtest_settings=BacktestSettings(),
        forecast_settings=ForecastSettings(),
    )  # fmt: skip
    for n in (60, 10):
        candidates, elements = made_up(n)
        for objective in OBJECTIVES:
            portfolio(candidates, elements, asked(candidates, objective=objective))
    assert signatures(kernels) == before


def two_step_plan(n: int) -> None:
    """Sets drawn over `n` accounts and their passers, the choice on them, and its proof."""
    random = np.random.default_rng(n)
    names = tuple(f"x:{i}" for i in range(n))
    passers = tuple(f"x:p{i}" for i in range(5))
    rows = [random.permutation(N_PEOPLE)[: 5 + i].astype(np.int32) for i in range(n + 5)]
    ptr = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
    people = People(
        (*names, *passers), ptr, np.concatenate(rows), np.ones(N_PEOPLE), np.full(n + 5, 0.5)
    )
    source = np.arange(n, dtype=np.int32)
    arcs = PassingArcs(
        (*names, *passers), source, (n + source % 5).astype(np.int32),
        np.full(n, 0.3, np.float32), np.full(n, 9.0, np.float32),
    )  # fmt: skip
    limits = TwoStepLimits(runs=200, slack=0.1)
    made = people_spread(names, people, arcs, seed=1, two_step_limits=limits)
    candidates = pa.table({
        "account_id": names, "deliverable": ["x:post"] * n, "platform": ["x"] * n,
        "price_minor": pa.array(10 + source.astype(np.int64)), "currency": ["SAR"] * n,
    })  # fmt: skip
    wanted = PortfolioAsked(60, "SAR", "spread", most_picks=4)
    found = portfolio(candidates, made.coverage(names), wanted)
    picks = [str(one) for one in found.picked["account_id"].to_pylist()]
    cost = dict(zip(names, candidates["price_minor"].to_pylist(), strict=True))
    wish = spread_wish(made, cost, (), budget_minor=60, most=4)
    bound = float(found.result["bound"][0].as_py())
    told = people_reached(made, picks, bound, wish=wish, seed=1, two_step_limits=limits)
    assert told.direct > 0


def test_nothing_of_a_two_step_plan_is_left_to_compile() -> None:
    compile_kernels()
    compile_graph()
    before = signatures(kernels, graph)
    for n in (60, 10):
        two_step_plan(n)
    assert signatures(kernels, graph) == before


def test_set_up_compiles_the_loops_of_forecasts_bounds_and_proofs() -> None:
    compile_kernels()
    for loop in (centres_of, segment_medians, slopes_of, gathered, scattered, branch, order_of):
        assert loop.signatures
