import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

from mawj import graph
from mawj.graph.adjacency import Adjacency, with_segments
from mawj.graph.brokers import participation, sampled_betweenness
from mawj.graph.cheap_seeds import rivals
from mawj.graph.communities import communities
from mawj.graph.compiled import compile_kernels
from mawj.graph.crew import Crew
from mawj.graph.diffusion import linear_threshold, weighted_cascade
from mawj.graph.forward_runs import RunSettings, reached
from mawj.graph.rank import pagerank
from mawj.graph.seeds import choose, grown_sketch
from mawj.graph.sketch import SketchSettings
from mawj.graph.topics import topic_ranks
from mawj.graph.wishes import Wish
from tests.graph.graphs import random_edges

ASKED = Wish(budget=9.0, cost=np.ones(60), must=np.array([3], np.int32))
SMALL = SketchSettings(first_sets=64, most_sets=500)


def cached(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*.nbc")}


def test_what_set_up_compiles_is_found_by_later_processes(tmp_path: Path) -> None:
    """Only the smallest kernel, in a cache of its own, since compiling all takes long."""
    program = (
        "import numpy as np; from mawj.graph.building import place_of;"
        "place_of(np.arange(3, dtype=np.int32)); print(place_of.stats.cache_hits)"
    )
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    hits = []
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        hits.append(ran.stdout.strip().replace(" ", ""))
    assert "1" not in hits[0]
    assert hits[1].endswith(":1})")
    assert len(cached(tmp_path)) == 1


def signatures() -> dict[str, int]:
    """How often each kernel of the package was compiled or loaded in this process."""
    found = {}
    for module in iter_modules(graph.__path__):
        for name, kernel in vars(import_module(f"mawj.graph.{module.name}")).items():
            if isinstance(kernel, Dispatcher):
                found[name] = len(kernel.signatures)
    return found


@pytest.mark.parametrize("weighted", [False, True])
def test_nothing_is_left_to_compile_after_set_up(weighted: bool, tmp_path: Path) -> None:
    compile_kernels()
    before = signatures()
    made = random_edges(1).adjacency(weighted=weighted)
    with_segments(made).save(tmp_path)
    for some in (made, with_segments(made), Adjacency.load(tmp_path)):
        pagerank(some, start=np.ones(60), teleport=np.ones(60), trust=np.ones(60))
        topic_ranks(some, np.ones((60, 19)))
        participation(some, communities(some, seed=1).labels)
        sampled_betweenness(some, seed=1)
        for spreading in (weighted_cascade(some), linear_threshold(some)):
            sketch = grown_sketch(spreading, ASKED, seed=1, settings=SMALL)
            choose(sketch, ASKED, rivals(spreading, ASKED))
            reached(spreading, np.array([3], np.int32), seed=1, settings=RunSettings(9))
    assert signatures() == before


def test_each_piece_is_worked_on_once() -> None:
    done: list[int] = []
    with Crew(3) as crew:
        crew.share(done.append, 100)
    assert sorted(done) == list(range(100))


def test_an_error_in_a_piece_is_raised() -> None:
    def fail(piece: int) -> None:
        raise ZeroDivisionError(piece)

    with Crew(2) as crew, pytest.raises(ZeroDivisionError):
        crew.share(fail, 10)
    with pytest.raises(ValueError, match="at least 1"):
        Crew(0)
