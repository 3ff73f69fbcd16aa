# Every target sets up what it needs: on a fresh machine `make demo` or `make test` is the only command.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lock docs notebooks docs-graph docs-cli docs-schema docs-pictures bench-help clean

BIN := .venv/bin
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate \
	--python-version 3.11 pyproject.toml

help: ## say what each target does
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: ## make .venv from the lock, and find or install a browser; does nothing the second time
	@scripts/setup

demo: setup ## run the support desk tasks unguarded and guarded, and print one table
	$(BIN)/harmonyguard demo

test: setup ## run the tests
	@scripts/setup_ocr
	$(BIN)/pytest -n auto

check: setup ## lint, format, types, and which way imports point
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

lock: ## write the lock files anew from pyproject.toml (needs uv)
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev --extra postgres -o requirements-dev.lock

docs: setup ## build the documentation site into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

notebooks: setup ## run the notebooks, and keep what they print and draw
	$(BIN)/python scripts/run_notebooks.py

docs-graph: setup ## draw the graphs into docs/graph.md
	$(BIN)/python -m harmonyguard.graphs.draw docs/graph.md

docs-cli: setup ## write the help of every command into docs/cli.md
	$(BIN)/python -m harmonyguard.cli.help_pages docs/cli.md

docs-schema: setup ## write the schemas of policy files and of exported decisions into docs/
	$(BIN)/python -m harmonyguard.policies.formats.policy_json docs/policy.schema.json
	$(BIN)/python -m harmonyguard.runs.decisions docs/decision.schema.json

docs-pictures: setup ## run a task on the support desk and take the pictures of its report into docs/pictures
	$(BIN)/python scripts/make_report_pictures.py

bench-help: setup ## time harmonyguard --help: the median of ten calls
	$(BIN)/python scripts/bench_help.py

clean: ## remove what was made here, the environment included
	rm -rf .venv .tools .tools.log build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache demo-output
