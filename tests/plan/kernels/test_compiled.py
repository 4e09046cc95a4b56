"""What set-up compiles of planning is all that planning runs."""

from importlib import import_module
from pkgutil import iter_modules

from numba.core.dispatcher import Dispatcher

from mawj.plan import kernels
from mawj.plan.forecasting.backtest import BacktestSettings, backtest
from mawj.plan.forecasting.forecast_settings import ForecastSettings
from mawj.plan.kernels.compiled import OBJECTIVES, compile_kernels
from mawj.plan.kernels.covering import gathered, scattered
from mawj.plan.kernels.like import centres_of, segment_medians, slopes_of
from mawj.plan.portfolio import portfolio
from tests.plan.choosing.cases import asked, made_up
from tests.plan.forecast_world import AS_OF, accounts_of, crowd, posts_of, told


def signatures() -> dict[str, int]:
    """How often each kernel of planning was compiled or loaded in this process."""
    found = {}
    for module in iter_modules(kernels.__path__):
        for name, kernel in vars(import_module(f"mawj.plan.kernels.{module.name}")).items():
            if isinstance(kernel, Dispatcher):
                found[f"{module.name}.{name}"] = len(kernel.signatures)
    return found


def test_nothing_is_left_to_compile_after_set_up() -> None:
    compile_kernels()
    before = signatures()
    rows = crowd(30)
    known = {"account_id": "youtube:peer001", "platform": "youtube", "followers": 9_000.0}
    assert told(accounts_of(known), posts_of(*rows), deliverables=["youtube:video"])[0]
    backtest(
        posts_of(*rows), {}, AS_OF, backtest_settings=BacktestSettings(),
        forecast_settings=ForecastSettings(),
    )  # fmt: skip
    candidates, elements = made_up(60)
    for objective in OBJECTIVES:
        portfolio(candidates, elements, asked(candidates, objective=objective))
    assert signatures() == before


def test_set_up_compiles_the_loops_of_forecasts_and_of_bounds() -> None:
    compile_kernels()
    for loop in (centres_of, segment_medians, slopes_of, gathered, scattered):
        assert loop.signatures
