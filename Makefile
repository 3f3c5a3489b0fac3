VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
FUZZ_S ?= 600
ARTICLE ?= seeds/000_ca614cad78d9ae83.txt
DRAFTS ?= seeds/drafts
GOLD ?= seeds/gold/invented.jsonl seeds/gold/seed.json
LIMIT ?=
BENCH ?= .bench
RIVALS := .bench-venv
SITE := .docs-venv

.PHONY: help brief test eval proof answers setup fmt lint types imports check record mutants speed bench bench-batch bench-long fuzz schema docs map picture site dist golden clean

help: ## Show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

brief: $(VENV)/.installed ## Brief ARTICLE with the embedded model
	$(BIN)/summarizer brief $(ARTICLE)

test: $(VENV)/.installed ## Run all tests: no network, no model, no key
	$(BIN)/pytest -q

setup: $(VENV)/.installed ## Install everything into .venv

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local,dev]'
	@touch $@

fmt: $(VENV)/.installed ## Format the code
	$(BIN)/ruff format schemas summarizer tests benchmarks
	$(BIN)/ruff check --fix --quiet schemas summarizer tests benchmarks

lint: $(VENV)/.installed ## Check style
	$(BIN)/ruff format --check schemas summarizer tests benchmarks
	$(BIN)/ruff check schemas summarizer tests benchmarks

types: $(VENV)/.installed ## Check types
	$(BIN)/mypy

imports: $(VENV)/.installed ## Check that imports point down
	$(BIN)/lint-imports

check: lint types imports ## Everything that CI checks
	$(BIN)/pytest -q --cov --cov-report=term:skip-covered --cov-fail-under=92

record: $(VENV)/.installed ## Record the cassettes anew; needs the model
	$(BIN)/pytest -q tests/recorded --record

eval: $(VENV)/.installed ## Score the embedded model on GOLD; needs the model
	$(BIN)/summarizer eval $(GOLD) --journal eval-$$(date +%Y%m%dT%H%M%S).journal.jsonl

proof: $(VENV)/.installed ## Truths kept and lies refused, of the drafts in DRAFTS; no model
	$(BIN)/python -m summarizer.evaluation.proof $(DRAFTS)

answers: $(VENV)/.installed ## Keep the embedded model's answers on GOLD for tests/test_quality.py
	rm -f answers.journal.jsonl
	$(BIN)/summarizer eval $(GOLD) --no-errors --journal answers.journal.jsonl
	$(BIN)/python tests/kept_answers.py answers.journal.jsonl > seeds/gold/answers.jsonl

mutants: $(VENV)/.installed ## Falsify items of real briefings and count what is caught
	$(BIN)/python tests/mutants.py

speed: $(VENV)/.installed ## CPU time of verify, for 1, 10 and 100 times 1,000 words
	$(BIN)/python benchmarks/verify_speed.py

bench: $(VENV)/.installed $(RIVALS)/.installed ## Compare with instructor and LangExtract on GOLD; needs the model
	$(BIN)/python -m benchmarks.compare $(GOLD) $(if $(LIMIT),--limit $(LIMIT)) \
	  --journals $(BENCH) --langextract $(RIVALS)/bin/python

$(RIVALS)/.installed: benchmarks/langextract.txt
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench-batch: $(VENV)/.installed ## Own time, memory and kept replies over an archive
	$(BIN)/python benchmarks/archives.py

bench-long: $(VENV)/.installed ## CPU time and memory of long reports and of many articles
	$(BIN)/python benchmarks/long_documents.py

fuzz: $(VENV)/.installed ## Feed broken documents to the readers for FUZZ_S seconds
	$(BIN)/python tests/fuzz.py $(FUZZ_S)

schema: $(VENV)/.installed ## Write briefing.schema.json
	$(BIN)/summarizer schema > briefing.schema.json

docs: $(VENV)/.installed ## Write docs/cli.md from the commands' help
	$(BIN)/python -m summarizer.cli.manual > docs/cli.md

map: $(VENV)/.installed ## Write docs/map.md from the modules' first lines
	$(BIN)/python tests/module_map.py > docs/map.md

picture: $(VENV)/.installed ## Write the pictures of docs; needs Chromium
	PYTHONPATH=. $(BIN)/python tests/picture.py
	PYTHONPATH=.:tests $(BIN)/python tests/picture_of_site.py

site: $(SITE)/.installed ## Build the documentation with a search into site/
	NO_MKDOCS_2_WARNING=1 $(SITE)/bin/mkdocs build --quiet --strict

$(SITE)/.installed: pyproject.toml
	$(PYTHON) -m venv $(SITE)
	$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check '.[docs,publish]'
	@touch $@

dist: $(SITE)/.installed $(VENV)/.installed ## Build what is published into dist/, and try it
	rm -rf dist
	$(SITE)/bin/python -m build --quiet
	$(SITE)/bin/twine check --strict dist/*
	$(BIN)/python .ci/dist

golden: $(VENV)/.installed ## Write tests/golden anew; review the diff by eye
	GOLDEN=write $(BIN)/pytest -q tests/test_golden.py

clean: ## Remove what was built
	rm -rf $(VENV) $(RIVALS) $(SITE) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build site
