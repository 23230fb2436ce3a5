# briefings: everything is done through these targets; each sets up what it needs and does so once.

.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
ARGS ?=

.PHONY: help setup setup-test demo test check lint format bench lock clean

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup  ## build the sample digest into output/ and print where the PDF and the Word file are
	@$(BIN)/briefings demo

test: setup-test  ## run all tests (a part of them: make test ARGS='tests/extract -k yoy')
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: lint  ## all that says the work is good: format, lint, types, layers, documentation, tests
	@$(MAKE) --no-print-directory test

lint: setup  ## the part of check that runs nothing of the program
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup  ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup  ## print the performance figures, side by side, as ratios
	@$(BIN)/python tests/bench/figures.py $(ARGS)

lock: setup  ## make requirements.lock anew from pyproject.toml
	@sh .ci/lock.sh

clean:  ## remove .venv, caches and everything in output/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist tests/actual
	find briefings tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete

setup:
	@sh .ci/setup.sh

setup-test:
	@sh .ci/setup.sh test
