# The front door. Recipes are thin: what they call also runs by hand from .venv.

PYTHON ?= python3

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench planted fuzz docs-rules clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(firstword $(MAKEFILE_LIST))

demo: .venv/installed ## show what mofkit does with the files in samples/
	@$(BIN)/python samples/demo.py

test: .venv/installed-test ## run the tests
	$(BIN)/python -m pytest $(ARGS)

lint: .venv/installed-dev ## ruff: lint rules and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-dev ## mypy, strictly
	$(BIN)/mypy

bench: .venv/installed-test ## measure mofkit beside its peers
	$(BIN)/python -m benchmarks $(ARGS)

planted: .venv/installed-test ## see that `mofkit fuzz` finds planted defects (minutes)
	$(BIN)/python -m pytest -m planted $(ARGS)

# Atheris has wheels for Linux and some versions of Python; without it the harnesses say so.
fuzz: .venv/installed-test ## fuzz every reader, a minute each; goes on from where it ended
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: atheris
	$(BIN)/python -m tests.fuzz $(ARGS)

docs-rules: .venv/installed ## write the page of each rule into docs/rules/
	rm -f docs/rules/*.md
	$(BIN)/python -m mofkit rule --all --format md -o docs/rules

clean: ## remove the environment, builds and caches
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment, installed into by need; the stamps make a second run quick.

.venv/made:
	$(PYTHON) -m venv .venv
	@touch $@

# An editable install is not compiled by pip; where bytecode may not be written later, every start
# would compile all of it again.

.venv/installed: .venv/made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q mofkit
	@touch $@

.venv/installed-%: .venv/made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$*]"
	$(BIN)/python -m compileall -q mofkit
	@touch $@
