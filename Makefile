# Two commands do everything on a fresh machine with Python 3.11: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check fix bench load export lock site clean

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
