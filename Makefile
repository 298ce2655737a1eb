# `make run` opens the app, `make test` proves it; both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Hundreds of processes of one run need not translate the same modules each for itself.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install run test soak check lint format bench docs pictures test-packages

help:  ## show this list
	@sed -n 's/^\([a-z][a-z]*\):.*##/make \1 \t/p' Makefile

# PDF files ask the system for pango; everything else works without it.
PANGO := libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0

install: $(VENV)/run.stamp  ## install into .venv what the app needs
	@sh .ci/packages $(PANGO) || echo "Until then reports cannot be written as PDF."

# Where nothing is stored yet, the server fills the demonstration while it is looked at.
run: install  ## open the app
	@[ -e data/var/demo.db ] || [ -e data/var/truat.db ] || [ -n "$$TRUAT_DATABASE_URL" ] \
		|| export TRUAT_FILL_DEMO=true; \
	headless=false; \
	if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then headless=true; fi; \
	exec $(BIN)/streamlit run app.py --server.headless="$$headless" --server.showEmailPrompt=false

test: test-packages $(VENV)/test.stamp  ## run all tests, or one folder of them: AREA=core/forms
	$(BIN)/pytest $(addprefix tests/,$(AREA)) -n auto --dist worksteal $(ARGS)

soak: $(VENV)/test.stamp  ## read 5,000 generated workbooks, kill 100 imports, stop the database, let twenty store
	$(BIN)/python -m tests.soak --count 5000
	$(BIN)/python -m tests.soak.faults --kills 100
	$(BIN)/python -m tests.soak.outage --outages 15
	$(BIN)/python -m bench.watched.crowd

check: lint test  ## format, lint, types, import contracts, tests

lint: $(VENV)/test.stamp  ## format, lint, types and import contracts, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test.stamp  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/bench.stamp  ## measure, beside the lower bounds
	@set -e; for file in bench/[a-z]*.py; do \
		echo "== $$file"; $(BIN)/python -m bench."$$(basename "$$file" .py)"; \
	done
	@set -e; for name in claims deeds size watched.soak; do echo "== bench.$$name"; $(BIN)/python -m bench.$$name; done

docs: $(VENV)/run.stamp  ## write anew the pages of docs that repeat data
	$(BIN)/python -m docs.generate

pictures: $(VENV)/test.stamp  ## take the pictures of the README anew
	$(BIN)/python -m docs.pictures

# pip is what a virtual environment gets last: it marks a complete one.
$(BIN)/pip:
	@sh .ci/packages "$(PYTHON):python3" "$(PYTHON)+ensurepip:python3-venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Truat needs Python 3.11 or later; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/pip
	@echo "Installing into $(VENV); the first time takes a minute or two."
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-test.txt | $(BIN)/pip
	@echo "Installing into $(VENV); the first time takes a minute or two."
	$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: bench/requirements.txt $(VENV)/test.stamp
	$(PIP) -r bench/requirements.txt
	@touch $@

# libatomic: what drives the browser asks for it and does not bring it. The browser without a window
# draws the same pages with less work; where it is no package, the whole one does.
test-packages:
	@sh .ci/packages chromium-headless-shell:chromium-headless-shell \
		|| sh .ci/packages chromium:chromium
	@sh .ci/packages localc:libreoffice-calc lowriter:libreoffice-writer \
		loimpress:libreoffice-impress pdftoppm:poppler-utils libatomic.so.1:libatomic1 \
		tesseract:tesseract-ocr tha.traineddata:tesseract-ocr-tha $(PANGO)
