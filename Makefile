# `make` lists the targets. Nothing needs activating: all of them set up and use .venv.

PYTHON     ?= python3
WORKERS    ?= 2
ARGS       ?=
SECONDS    ?= 60
SURFACES   ?=
LOCK_FLAGS ?=

VENV     := .venv
PEERS    := .venv-conformance
VENV_PY  := $(VENV)/bin/python
PIP      := $(VENV_PY) -m pip --no-input --disable-pip-version-check
IN_VENV  := PATH="$(CURDIR)/$(VENV)/bin:$$PATH"
COMPILE  := $(VENV_PY) -m compileall -q .pkg ledger domain projections cli
RESOLVE  := $(VENV)/bin/uv pip compile --no-config --quiet --no-header \
            --universal --python-version 3.11 --generate-hashes --annotation-style line

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgresql system lint format docs languages bench bench-smoke soak fuzz conformance lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "PYTHON=python3.12 names another interpreter, WORKERS=4 runs more tests at a time,"
	@echo "ARGS='-k tiles' is passed on to pytest, LOCK_FLAGS=--upgrade has lock renew every pin."

demo: $(VENV)/.runtime ## Run the example case from end to end
	@$(COMPILE)
	@$(IN_VENV) bash examples/demo.sh

test: $(VENV)/.dev system ## Run the whole test suite
	@$(COMPILE)
	@$(IN_VENV) sh tests/in-memory.sh pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-postgresql: $(VENV)/.dev system ## Run on a PostgreSQL server all tests that depend on where ledgers are
	@$(COMPILE)
	@$(IN_VENV) ANSWERABLE_STORE=postgresql sh tests/in-memory.sh pytest -n $(WORKERS) --dist worksteal $(ARGS)

system:
	@sh tests/system-packages.sh

lint: $(VENV)/.dev ## Check style, types and the direction of imports
	@$(IN_VENV) ruff check .
	@$(IN_VENV) ruff format --check .
	@$(IN_VENV) mypy
	@$(IN_VENV) lint-imports --no-logo

format: $(VENV)/.dev ## Rewrite the code in the house style
	@$(IN_VENV) ruff check --fix --quiet .
	@$(IN_VENV) ruff format .

docs: $(VENV)/.dev ## Rewrite docs/kinds.md from the models and the catalogue
	@$(VENV_PY) -m tests.support.kinds_page

languages: $(VENV)/.dev ## Bring the catalogues up to what answers say (LANGUAGE=de begins one)
	@$(VENV_PY) -m tests.support.languages $(LANGUAGE)

bench: $(VENV)/.dev system ## Measure, and print the table
	@$(COMPILE)
	@$(IN_VENV) pytest tests/benchmarks --benchmark-enable --benchmark-sort=name \
	  --benchmark-columns=min,median,max,rounds --benchmark-json=.benchmarks.json $(ARGS)
	@$(VENV_PY) tests/benchmarks/table.py .benchmarks.json

bench-smoke: $(VENV)/.dev system ## Run each benchmark once, at its smallest size
	@$(COMPILE)
	@$(IN_VENV) ANSWERABLE_BENCH_SCALE=smoke pytest tests/benchmarks $(ARGS)

soak: $(VENV)/.dev system ## Run the whole suite at length, and the tests that take minutes
	@$(COMPILE)
	@$(IN_VENV) ANSWERABLE_SOAK=1 sh tests/in-memory.sh pytest -n $(WORKERS) --dist worksteal -m 'soak or not soak' $(ARGS)

conformance: $(VENV)/.dev $(PEERS)/.ready ## Hold our verdicts against pm4py's and flloat's
	@$(COMPILE)
	@$(IN_VENV) pytest tests/conformance $(ARGS)

fuzz: $(VENV)/.fuzz ## Look for inputs that do harm (SECONDS=600 for each surface, SURFACES='note tile', ARGS=--keep)
	@$(COMPILE)
	@$(IN_VENV) python -m tests.fuzz.run $(SURFACES) --seconds $(SECONDS) $(ARGS)

lock: | $(VENV_PY) ## Regenerate requirements/*.txt from pyproject.toml, conformance.in and fuzz.in
	@$(PIP) install -qq 'uv>=0.13'
	@$(RESOLVE) pyproject.toml --extra dev -o requirements/dev.txt $(LOCK_FLAGS)
	@$(RESOLVE) pyproject.toml --extra build -c requirements/dev.txt -o requirements/runtime.txt $(LOCK_FLAGS)
	@$(RESOLVE) requirements/conformance.in -o requirements/conformance.txt $(LOCK_FLAGS)
	@$(RESOLVE) requirements/fuzz.in -o requirements/fuzz.txt $(LOCK_FLAGS)

clean: ## Remove the environment, builds and caches
	@rm -rf $(VENV) $(PEERS) build dist .benchmarks.json .hypothesis .fuzz .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find .pkg ledger domain projections cli tests examples -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# The locks do not name the project itself, and pip is quiet about everything but errors.
define install
@echo "Setting up $(VENV) from requirements/$(1).txt ..." >&2
@$(PIP) install -qq --require-hashes -r requirements/$(1).txt
@$(PIP) install -qq --no-deps --no-build-isolation --editable .
endef

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV_PY)
	$(call install,runtime)
	@touch $@

# The pins of runtime.txt are a subset of dev.txt's, so this serves the demo too.
$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV_PY)
	$(call install,dev)
	@touch $@ $(VENV)/.runtime

# Atheris has wheels for few platforms, so that only who fuzzes needs it.
$(VENV)/.fuzz: requirements/fuzz.txt $(VENV)/.dev
	@echo "Adding requirements/fuzz.txt to $(VENV) ..." >&2
	@$(PIP) install -qq --require-hashes -r $<
	@touch $@

# pm4py is under the AGPL: it has an environment of its own, and is asked over a pipe.
$(PEERS)/.ready: requirements/conformance.txt | $(VENV_PY)
	@echo "Setting up $(PEERS) from $< ..." >&2
	@rm -rf $(PEERS)
	@$(VENV_PY) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --no-input --disable-pip-version-check install -qq --no-compile --require-hashes -r $<
	@touch $@

$(VENV_PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "answerable needs Python 3.11 or newer, and $(PYTHON) is not that." \
	    "Name one that is: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot create a virtual environment: its venv or ensurepip module is missing." \
	    "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
