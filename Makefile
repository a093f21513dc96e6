# Two commands to know: `make demo` shows the product, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test lint fmt bench fuzz lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

demo: .venv/core.stamp  ## install, load the demo world, serve it (ARGS=--no-serve stops before serving)
	$(BIN)/tracker demo $(ARGS)

test: .venv/dev.stamp lint  ## lint, types, import contracts and every test (TRACKER_TEST_REQUIRE=1: nothing may be skipped)
	$(BIN)/pytest $(ARGS)

lint: .venv/dev.stamp  ## ruff, mypy, import contracts, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

fmt: .venv/dev.stamp  ## put the code in its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp .venv-bench/stamp  ## measure the budgets beside their baselines (BENCH=1M: among a million turns too)
	$(BIN)/python -m tests.bench $(ARGS)

fuzz: .venv/dev.stamp  ## 10,000 hostile inputs a format (ARGS="--steps 20000": a walk through pages and forms instead)
	$(BIN)/python -m tests.fuzz $(ARGS)

lock:  ## write the hashed locks again (needs uv)
	uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements/core.txt
	uv pip compile pyproject.toml --extra postgres --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -c requirements/core.txt -o requirements/dev.txt
	uv pip compile --group bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements/bench.txt

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Said & Done needs Python 3.11 or newer; name one with: make PYTHON=python3.11 demo")'
	$(PYTHON) -m venv .venv

.venv/core.stamp: requirements/core.txt pyproject.toml package-lock.json hatch_build.py | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/core.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.venv-bench/stamp: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

clean:  ## remove everything that was built (the database in ./var stays)
	rm -rf .venv .venv-bench build dist node_modules tracker/static/vendor
