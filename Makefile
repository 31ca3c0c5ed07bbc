PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# Three workers keep two cores busy, as some tests wait.
PYTEST := $(BIN)/python -m pytest --numprocesses=3 --dist=loadgroup

.DEFAULT_GOAL := help

.PHONY: help
help:  ## List all commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

.PHONY: setup
setup: $(READY)  ## Create .venv with everything the project needs

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

.PHONY: demo
demo: $(READY)  ## Index a real video on this machine, from start to end
	$(BIN)/python demo.py

.PHONY: test
test: lint check-generated  ## Run every check and every test
	$(PYTEST)

.PHONY: check
check: lint check-generated  ## Run every check and the fast tests, in less than 90 seconds
	HYPOTHESIS_PROFILE=quick $(PYTEST) -m "not slow"

.PHONY: environments
environments: $(READY)  ## Run the fast tests in another locale and time zone, under python -O, with warnings as errors
	env -u PYTHONUNBUFFERED TZ=Asia/Kolkata LC_ALL=C PYTHONUTF8=0 PYTHONOPTIMIZE=1 PYTHONWARNINGS=error HYPOTHESIS_PROFILE=quick \
		$(PYTEST) -m "not slow" -p contract_tests.runs.taken_ports -W "ignore:assertions not in test modules"

.PHONY: fuzz
fuzz: $(READY)  ## Run the property-based tests longer, with fresh random data
	HYPOTHESIS_PROFILE=fuzz $(PYTEST) contract_tests/wrapper contract_tests/generated \
		contract_tests/emulator/conformance contract_tests/emulator/test_model.py

.PHONY: bulk
bulk: $(READY)  ## Stress test: bulk-upload 2,000 videos, kill more than 200 runs, and verify the tasks
	BULK_VIDEOS=2000 BULK_KILLS=67 $(BIN)/python -m pytest contract_tests/emulator/test_bulk_resumed.py contract_tests/wrapper/test_killed_runs.py

.PHONY: media
media: $(READY)  ## Damage a real clip in 2,000 ways, and verify that none harms its reader
	MEDIA_MUTATIONS=2000 $(BIN)/python -m pytest contract_tests/emulator/test_hostile_media.py

.PHONY: coverage
coverage: $(READY)  ## Show which code of the library the tests do not reach
	$(PYTEST) --cov=twelvelabs_tasks --cov-branch --cov-report=term-missing:skip-covered

.PHONY: mutants
mutants: $(READY)  ## Put small faults into what differs from BASE, one at a time, and report those that no test finds
	$(BIN)/python -m contract_tests.mutants $(ARGS)

.PHONY: faults
faults: $(READY)  ## Run every server and network fault against every method, and print the outcomes
	$(BIN)/python -m contract_tests.wrapper.faults $(ARGS)

.PHONY: contract-live
contract-live: $(READY)  ## Compare a live API with the contract (TWELVELABS_BASE_URL, TWELVE_LABS_API_KEY)
	$(BIN)/python -m twelvelabs_tasks.testing $(ARGS)

.PHONY: bench
bench: $(READY)  ## Compare the performance of the library with the alternatives (ARGS="--quick", "listing growth", "--with-tests")
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: lint
lint: $(READY)  ## Run the linter and the type checkers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/basedpyright

.PHONY: regenerate
regenerate: $(READY)  ## Generate generated/ from openapi.yaml
	$(BIN)/python -m codegen.generate

.PHONY: check-generated
check-generated: $(READY)  ## Fail if regenerating would change generated/
	$(BIN)/python -m codegen.generate --check

.PHONY: wheel
wheel: $(READY)  ## Build the distribution into dist/
	$(BIN)/python -m build --outdir dist

.PHONY: clean
clean:  ## Remove .venv and everything that was built
	rm -rf .venv dist build .coverage .hypothesis .mutants .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
