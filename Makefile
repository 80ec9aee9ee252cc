# Every target works on a fresh clone; what was installed before is kept until its lock changes.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SAVES ?= 2000
KILLS ?= 25
CLIENTS ?= 2000
TASK_WORKERS ?= 1
export PYTHON TASK_WORKERS

BIN := .venv/bin
RUN := DJANGO_SETTINGS_MODULE=amtweb.settings.development
STORING_NOTHING := comparing couples methodology parameters reports worksheets test_analyses.py \
	test_finding_the_credit.py test_gallery.py test_lot_events.py test_lots.py test_tax_software.py \
	test_exchange.py test_workbench.py welcome explorer about accounts/test_passwords.py accounts/test_second_steps.py
# Tests run side by side, one process a core; those of a file together, for what they share.
PYTEST := pytest --numprocesses auto --maxprocesses 8 --dist worksteal
STATIC_SOURCES := $(shell find static amtweb -path '*static*' 2>/dev/null)

.NOTPARALLEL:
.PHONY: help run setup test lint types unit isolated postgres browser screenshots benchmark endurance lock clean

help: ## say what the targets do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# The server starts and stops the workers of background tasks, see gunicorn.conf.py.
run: .venv/run.stamp var/static.stamp ## the site on http://localhost:8000 (PORT=8001, TASK_WORKERS=2)
	@$(RUN) $(BIN)/python manage.py migrate --verbosity 0
	@$(RUN) $(BIN)/python manage.py tidy --verbosity 0
	@echo "amtweb: http://localhost:$(PORT)  (Ctrl-C stops it)"
	@$(RUN) exec $(BIN)/gunicorn --bind $(HOST):$(PORT) amtweb.wsgi

setup: .venv/test.stamp var/static.stamp ## everything that running and testing need

test: lint types isolated unit postgres browser ## all checks

lint: .venv/test.stamp ## style, and migrations that someone forgot to make
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python manage.py makemigrations --check --dry-run --settings amtweb.settings.tests

types: .venv/test.stamp ## static types
	$(BIN)/mypy

unit: setup ## the site on SQLite, and the structure
	@# Reports as PDF; the site itself does without them, and says so.
	@tools/system-packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
	@# The calculator has its turn in an environment of its own.
	$(BIN)/$(PYTEST) --ignore tests/calculator

isolated: var/isolated/stamp ## the calculator in an environment without Django
	@# There, the one setting that is pytest-django's is unknown.
	var/isolated/bin/python -m $(PYTEST) -o strict_config=false -W ignore::pytest.PytestConfigWarning tests/calculator

postgres: setup ## the web tests again, on a throw-away PostgreSQL
	@tools/system-packages postgresql
	@# What uses no database is left out, and most parameters (tests/conftest.py). Panels, reports and pages of forms read
	@# scenarios and store nothing: one database is enough for them.
	$(BIN)/python -m tests.postgres_cluster $(BIN)/$(PYTEST) tests/web $(addprefix --ignore tests/web/,$(STORING_NOTHING))

browser: setup ## the site in Chromium
	@tools/system-packages chromium fonts-dejavu-core
	@# A browser on a busy machine fails now and then by itself: once more, and the summary names it.
	$(BIN)/$(PYTEST) -m browser --reruns 1 tests/browser

screenshots: setup ## take the pictures of docs/images anew
	@tools/system-packages chromium fonts-dejavu-core
	SCREENSHOTS=1 $(BIN)/pytest -m browser tests/browser/test_screenshots.py

endurance: setup ## many save at once, a book is computed, servers and workers are killed (SAVES=2000 KILLS=25)
	@tools/system-packages postgresql
	$(BIN)/python -m tests.web.live.endurance --saves $(SAVES)
	$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m tests.web.live.endurance --saves $(SAVES)
	$(BIN)/python -m tests.web.live.endurance --saves $(SAVES) --unchecked
	$(BIN)/python -m tests.web.live.endurance --clients 8 --kills $(KILLS)
	$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m tests.web.live.endurance --clients 8 --kills $(KILLS)
	$(BIN)/python -m tests.web.live.across_the_book --clients $(CLIENTS) --kill
	$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m tests.web.live.across_the_book --clients $(CLIENTS) --kill
	$(BIN)/python -m tests.web.live.across_the_book --clients $(CLIENTS) --kill --close
	$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m tests.web.live.across_the_book --clients $(CLIENTS) --kill --close

benchmark: setup var/peers/stamp ## how fast it is, and the best peers beside it
	@tools/system-packages chromium fonts-dejavu-core
	$(BIN)/python -m tests.benchmarks

lock: ## renew the lock files
	tools/lock

clean: ## remove what was installed and built; the database in var/ stays
	rm -rf .venv node_modules var/assets var/isolated var/peers var/static var/uv var/*.stamp
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results

.venv/run.stamp: requirements/run.txt
	@echo "installing the run-time packages"
	@tools/environment .venv $<
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	@echo "installing the packages of the checks"
	@tools/environment .venv $<
	@touch $@

var/isolated/stamp: requirements/calculator.txt
	@mkdir -p -m 700 var
	@tools/environment var/isolated $<
	@touch $@

# Without them the benchmarks do, and say so.
var/peers/stamp: requirements/peers.txt
	@mkdir -p -m 700 var
	@echo "installing the peers that the benchmarks compare with"
	@if tools/environment var/peers $<; then touch $@; else echo "they are left out"; fi

var/front-end.stamp: package.json package-lock.json tools/front-end .venv/run.stamp
	@mkdir -p -m 700 var
	@tools/front-end
	@touch $@

var/static.stamp: var/front-end.stamp .venv/run.stamp amtweb/settings/common.py $(STATIC_SOURCES)
	@echo "hashing and compressing the static files"
	@$(RUN) $(BIN)/python manage.py collectstatic --clear --noinput --verbosity 0
	@touch $@
