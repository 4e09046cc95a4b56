# Nine targets: setup check test postgres parity docs demo run release.
PYTHON ?= python3
LOCK ?= requirements-dev.lock
# Thousands of kill points: make test KILL_POINTS=5000 ONLY=tests/lake/test_kill.py
KILL_POINTS ?= 52
ONLY ?=
VENV := .venv
BIN := $(VENV)/bin
export NUMBA_CACHE_DIR ?= $(CURDIR)/.numba_cache
export OMP_WAIT_POLICY ?= passive

.PHONY: setup check test postgres parity docs demo run release

# A stamp for each lock: what is installed is set right again only when the lock has changed.
# The development lock holds all that the product's lock holds.
setup: $(VENV)/.$(LOCK).stamp

$(VENV)/.%.stamp: % requirements-setup.lock pyproject.toml src/mawj/web/assets/package-lock.json
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r $<
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	command -v npm >/dev/null || VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-node.lock
	$(BIN)/python -m mawj.web.assets
	$(BIN)/python -m mawj.graph.compiled
	$(BIN)/python -m mawj.plan.kernels.compiled
	touch $@

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mawj.reports.handbook --check

test: setup
	MAWJ_KILL_POINTS=$(KILL_POINTS) $(BIN)/python -m pytest -n 2 -m "not slow and not engine_spark" --durations 15 $(ONLY)

# The rooms that use the database, on PostgreSQL: make postgres MAWJ_DATABASE_URL=postgresql://…
postgres: setup
	$(BIN)/python -m pytest -n 2 -m "not slow and not engine_spark and not served" tests/crm tests/web tests/server tests/api

# The large sets; .ci/run runs the small one: make parity PARITY=small
PARITY ?= large
parity:
	$(MAKE) setup LOCK=requirements-spark.lock
	MAWJ_PARITY=$(PARITY) $(BIN)/python -m pytest -p no:randomly -m engine_spark

docs: setup
	$(BIN)/python -m mawj.reports.handbook

demo:
	$(MAKE) setup LOCK=requirements.lock
	$(BIN)/mawj demo --folder demo
	@if [ -t 1 ]; then exec $(BIN)/mawj serve --home demo/home --demo demo/lake; \
	else echo "to open it in the browser: .venv/bin/mawj serve --home demo/home --demo demo/lake"; fi

run:
	$(MAKE) setup LOCK=requirements.lock
	$(BIN)/mawj run --lake $(or $(LAKE),lake)

release: check test
	$(BIN)/uv build --wheel
