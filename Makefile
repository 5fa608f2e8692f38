# Two commands do everything on a fresh machine with Python 3.11: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check fix bench load export schema lock site clean

run: site  ## the site on http://127.0.0.1:$(PORT)
	@$(PY) manage.py create_editor
	@echo "Pedicle is on http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@exec $(VENV)/bin/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 1 \
	  --log-level warning procedures.wsgi:application

site: $(VENV)/run.stamp
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py loaddata --verbosity 0 vocabulary groups
	@$(PY) manage.py load_seeds
	@$(PY) manage.py collectstatic --noinput --verbosity 0

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and f"Python 3.11 or newer is needed; this is {v.major}.{v.minor}. Name another with PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements/run.lock | $(VENV)/bin/python
	@$(PY) -m pip install --quiet --require-hashes --requirement requirements/run.lock
	@touch $@

$(VENV)/test.stamp: requirements/test.lock $(VENV)/run.stamp
	@$(PY) -m pip install --quiet --require-hashes --requirement requirements/test.lock
	@touch $@

test: $(VENV)/test.stamp  ## everything: both databases, real browser
	@$(PY) -m tests.browser.chromium
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@echo "== SQLite"
	@DATABASE_URL= $(PY) -m pytest -n 2 -m "not browser"
	@echo "== PostgreSQL, and Chromium on the site that it serves"
	@$(PY) -m tests.postgres -- $(PY) -m pytest -n 2

check: $(VENV)/test.stamp  ## quick: format, lint, system checks, seeds
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(PY) manage.py check
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py load_seeds --check

fix: $(VENV)/test.stamp  ## format code and seeds
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .
	@$(PY) manage.py format_seeds

bench: $(VENV)/test.stamp  ## the benchmarks, as ratios within one run
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@$(PY) -m benchmarks

load: $(VENV)/run.stamp  ## publish what is new or changed in seeds/
	@$(PY) manage.py load_seeds

export: $(VENV)/run.stamp  ## write what is published to seeds/
	@$(PY) manage.py export_seeds seeds

schema: $(VENV)/run.stamp  ## JSON Schemas of entry files, for completion in editors
	@$(PY) manage.py write_schemas

lock:  ## make the lock files anew from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate pyproject.toml --output-file requirements/run.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate pyproject.toml --group test --output-file requirements/test.lock

clean:  ## remove what was made here; the database in var/ stays
	@rm -rf $(VENV) var/static .pytest_cache .ruff_cache .hypothesis
