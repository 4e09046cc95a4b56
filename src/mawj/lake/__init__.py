"""Where do tables live? In a lake: Delta tables on disk or in an object store.

Start at `lake.Lake`: `open`, `read`, `upsert`, `keep`, `begin_run`. Below it `delta` is the one
way to change a table (one commit, refused when another writer came first), `upsert` and
`merging` say what a load does to stored rows, `runs` and `run_log` how a run is made and how it
becomes the current one. `sight` is what pages ask: one moment of a lake, rows by value, read
from their place in sorted files (`row_groups`). The engines are `duckdb_lake` and `spark_lake`;
nothing outside this folder knows them.
"""
