# `make demo` and `make test` do everything that is needed on a machine with Python 3.11 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test check lint types unit bench quality migration system clean help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(STAMP) ## import the sample archive and show a search, a case and a trail
	$(BIN)/sagsspor demo

test: $(STAMP) ## lint, types and every test; installs system packages first as root or under CI=1
	@if [ "$$(id -u)" = 0 ] || [ -n "$$CI" ]; then $(MAKE) --no-print-directory system; fi
	$(MAKE) --no-print-directory lint types unit

lint: $(STAMP) ## ruff, rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

unit: $(STAMP) ## every test
	$(BIN)/python -m pytest -q

quality: $(STAMP) ## scores on the labelled documents, with gains and losses since the recorded ones
	$(BIN)/python -m tests.quality

bench: $(STAMP) ## timings, as ratios of runs side by side
	$(BIN)/python -m tests.benchmarks

migration: $(STAMP) ## begin a migration from what corpus/tables.py has changed: make migration TITLE="why"
	$(BIN)/python -m corpus.migrations $(TITLE)

system: ## Debian packages: Tesseract with Danish
	@command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx dan || { \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo -n); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-dan >/dev/null; }

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
