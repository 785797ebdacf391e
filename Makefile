# Mooring. `make run` and `make test` are all that anyone needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help run test torture bench lint fmt types messages lock clean

help: ## what there is
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(STAMP) catalogues ## start everything; prints the address
	@exec $(BIN)/python manage.py up

test: $(STAMP) catalogues browser lint types ## lint, types, layers, migrations, and every test but the long ones
	@$(BIN)/pytest -n 2 --dist loadscope

torture: $(STAMP) catalogues browser ## the long ones: thousands of faulted operations, chaos, every page in every theme
	@TORTURE=1 $(BIN)/pytest tests/torture tests/db/payments/test_every_step_killed.py tests/db/payments/test_every_stripe_call_killed.py tests/db/contracts/test_every_step_killed.py tests/db/bank_rail/test_every_step_by_hand_killed.py -p no:randomly --override-ini="norecursedirs=.*" --timeout 3600

bench: $(STAMP) ## ratios against named peers, in one run
	@$(BIN)/python -m tests.bench

lint: $(STAMP) ## ruff, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(STAMP)
	@$(BIN)/mypy

fmt: $(STAMP) ## format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: $(STAMP) ## collect the texts to translate
	@$(BIN)/python scripts/messages.py extract

lock: ## resolve the requirements anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes -q requirements-bench.in -o requirements-bench.txt

clean: ## forget the data of `make run`
	@rm -rf var

.PHONY: browser
browser:
	@scripts/browser

.PHONY: catalogues
catalogues: $(STAMP)
	@$(BIN)/python scripts/messages.py compile

$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) scripts/install.py
	@touch $(STAMP)
