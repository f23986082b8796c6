# make run: talk to a home now. make help: the rest.
.DEFAULT_GOAL := help
READY := .venv/.ready
BIN := .venv/bin

.PHONY: help setup run demo test check check-pi model lock

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml scripts/setup
	@scripts/setup

setup: $(READY) ## make .venv from the lock; nothing to do the second time

run: $(READY) ## a simulated home, its broker and the agent, in this terminal (ARGS="--listen" to speak)
	@$(BIN)/hearth run $(ARGS)

demo: $(READY) ## a spoken tour of twenty requests; no hardware needed
	@$(BIN)/hearth demo $(ARGS)

test: $(READY) ## every test
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: $(READY) ## ruff, mypy, import-linter; how old the trained weights are
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m training --stale

check-pi: $(READY) ## does every locked dependency have a wheel for a 64-bit Raspberry Pi?
	@$(BIN)/python scripts/check_pi.py

model: $(READY) ## train the small models anew (needs the shared evaluation folder beside the project)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training $(ARGS)

lock: ## write requirements.lock anew (ARGS="--upgrade" for newer versions)
	@scripts/lock $(ARGS)
