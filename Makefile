# Every command sets up .venv from the lock file first, so that it works in a fresh clone.
PYTHON ?= python3
export NO_MKDOCS_2_WARNING := 1
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CATALOGUES := build_scripts/rendering/locale

.PHONY: serve test thorough check build audit lint lock schema gazetteer screenshots words

serve: $(READY)  ## the site at http://127.0.0.1:8000/, following every edit
	$(BIN)/mkdocs serve

test: $(READY)  ## every test that needs Python and a browser
	$(BIN)/python -m pytest -n auto --dist worksteal

thorough: $(READY)  ## the same, with every example and every page
	NEWSGLOSS_THOROUGH=1 $(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)  ## the problems in sources/
	$(BIN)/newsgloss check

build: $(READY)  ## the site, into site/
	$(BIN)/mkdocs build --strict

lint: $(READY)  ## style, types, spelling, workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

audit: build  ## the built site as it is served, and what needs Node or Java: accessibility, HTML, links, structured data
	$(BIN)/newsgloss check --built site
	$(MAKE) -C tests/audit

schema: $(READY)  ## write the JSON Schemas anew
	$(BIN)/newsgloss schema

gazetteer: $(READY)  ## the file of names that `newsgloss suggest` knows, from packages and our own lists
	$(BIN)/python -m build_scripts.suggesting.gazetteer_make

words: $(READY)  ## bring the catalogues up to date with the messages in templates, modules and scripts
	$(BIN)/pybabel --quiet extract -F babel.cfg --no-default-keywords -k say -k say_count:2,3 -k message -k counted:1,2 \
		--no-wrap --sort-output --add-location=file --omit-header -o $(VENV)/words.pot .
	for file in $(CATALOGUES)/*.po; do \
		$(BIN)/pybabel --quiet update -i $(VENV)/words.pot -o $$file -l $$(basename $$file .po) \
			--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
	done

screenshots: build  ## the pictures in README.md and docs/, from the real site
	$(BIN)/python -m tests.screenshots

lock:  ## pin every package anew, with hashes and without hosts
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--upgrade --group dev --output-file requirements-lock.txt pyproject.toml

# pip cannot hash an editable project, so the lock goes in first and the project after it, without dependencies.
$(READY): requirements-lock.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lock.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
