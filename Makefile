# What one types to work on this project. `make` alone lists the targets.
# Needed: bash, make and Python 3.11 or newer; all else is put under .venv/ and .tools/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Another interpreter for .venv: make book PYTHON=python3.12
export PYTHON ?=
# More for pytest: make test PYTEST="-k numbers"
PYTEST ?=

BIN := .venv/bin

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Install what the book needs into .venv
	@bash .ci/setup

.PHONY: book
book: setup ## Check the data, run the notebooks, build the book
	@$(BIN)/ntm build

.PHONY: check
check: setup ## Check data and parameters only
	@$(BIN)/ntm check

.PHONY: lab
lab: ## Open the notebook in JupyterLab
	@bash .ci/setup lab
	@$(BIN)/jupyter lab notebooks/commune.ipynb

.PHONY: dev
dev: ## Install what tests and lint need into .venv
	@bash .ci/setup dev

.PHONY: browser
browser: dev ## Find a headless Chromium for the tests, or install one
	@$(BIN)/python -m tests.support.get_chromium

.PHONY: test
test: dev browser ## Run all tests
	@$(BIN)/pytest -n 2 --dist loadfile $(PYTEST)

.PHONY: kill-tests
kill-tests: dev ## Kill commands in the middle, fill disks, take rights away (long)
	@$(BIN)/pytest -m kill -s tests/batch tests/files $(PYTEST)

.PHONY: fuzz
fuzz: dev ## Run hundreds of odd projects that the check passes
	@$(BIN)/pytest -m fuzz tests/end_to_end/test_what_check_passes.py $(PYTEST)

# Others: make mutants MUTANTS="assessment/withdrawal.py --sample 0 --minutes 60"
MUTANTS ?=
.PHONY: mutants
mutants: dev ## Change the code in small ways; do the tests notice? (long)
	@bash .ci/setup mutants
	@$(BIN)/python -m tools.mutants $(MUTANTS)

.PHONY: bench
bench: dev browser ## Measure; results in reports/bench.json
	@$(BIN)/python -m bench.papermill
	@$(BIN)/python -m bench.assessment
	@$(BIN)/python -m bench.law
	@$(BIN)/python -m bench.startup
	@$(BIN)/python -m bench.book
	@$(BIN)/python -m bench.web
	@$(BIN)/python -m bench.report

.PHONY: docs
docs: setup ## Make the documentation's pages: _docs/index.html
	@$(BIN)/python -m tools.documentation

.PHONY: reproduce
reproduce: setup ## Make all twice from nothing and compare every byte
	@$(BIN)/python -m tools.reproduce

.PHONY: lint
lint: dev ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: format
format: dev ## Format the code
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: licences
licences: dev ## List the licences of what the project runs with
	@$(BIN)/python -m tools.licences

.PHONY: sbom
sbom: dev ## Write a bill of materials (CycloneDX) to reports/sbom.json
	@mkdir -p reports
	@PATH="$$PWD/.tools/uv/bin:$$PATH" uv export --quiet --locked --no-dev --format cyclonedx1.5 -o reports/sbom.json

.PHONY: clean
clean: ## Remove what was built (book, reports, caches)
	@rm -rf _book _book-demo reports .quarto _freeze _quarto-communes.yml .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov build dist ntm-error.log

.PHONY: distclean
distclean: clean ## Remove what was installed, too (.venv, .tools)
	@rm -rf .venv .tools
