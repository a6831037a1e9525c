# Policy Goal Tracker: one command to run it, one to test it.
# `make` alone lists the commands.

PYTHON ?= python3
# Not taken from the environment: some shells and conda export a HOST of their own.
HOST = 127.0.0.1
PORT ?= 8501
# More names under which the dashboard may be opened, separated by spaces; see .streamlit/config.toml.
ALLOWED_HOSTS ?=
# The catalogues that are served, separated by spaces; goals/ where none is named.
GOALS =

VENV := .venv
IN_VENV := $(VENV)/bin/python
# Quiet, but errors are shown.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(IN_VENV) -m pip install --quiet --quiet --no-input
# The OpenID provider that tests sign in at; it runs on the Node.js of requirements-dev.txt.
PROVIDER := tests/browser/provider
PYTEST := $(IN_VENV) -m pytest -n 2 --dist loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-spark test-office test-editors bench bench-dashboard bench-editing editor lint format types validate backtest demo-refresh unit browser chromium provider screenshots install lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.run-installed ## start the dashboard (HOST=127.0.0.1 PORT=8501 ALLOWED_HOSTS="name …" GOALS="DIR …")
	@$(IN_VENV) -m streamlit run dashboard.py --server.address "$(HOST)" --server.port "$(PORT)" \
		$(if $(ALLOWED_HOSTS),$(foreach name,localhost 127.0.0.1 $(ALLOWED_HOSTS),--server.allowedHosts "$(name)")) \
		$(if $(GOALS),-- $(foreach folder,$(GOALS),--goals "$(folder)"))

test: install chromium provider ## everything that must pass: style, types, catalogue, all tests
	@$(MAKE) --no-print-directory lint types validate
	$(PYTEST)

lint: $(VENV)/.dev-installed ## style and format, changing nothing
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .

format: $(VENV)/.dev-installed ## put imports and layout in order
	$(IN_VENV) -m ruff check --fix .
	$(IN_VENV) -m ruff format .

types: $(VENV)/.dev-installed ## types, strictly, of everything but the tests
	$(IN_VENV) -m mypy --strict

validate: $(VENV)/.run-installed ## read goals/ and figures/, say every error
	$(IN_VENV) -m tracking validate
	$(IN_VENV) -m tracking validate --goals examples/eu-digital-decade/goals

backtest: $(VENV)/.run-installed ## hold past projections against what came; fails if the bands are off
	$(IN_VENV) -m tracking backtest

test-spark: $(VENV)/.spark-installed ## the same verdicts on a Spark cluster of two workers (installs Java 17 if there is none)
	$(IN_VENV) -m pytest tests/spark

test-office: $(VENV)/.dev-installed chromium ## briefs and workbooks opened by LibreOffice (installs it if there is none)
	@bash tests/office/install_libreoffice.sh
	$(IN_VENV) -m pytest tests/office

test-editors: $(VENV)/.editors-installed ## what an editor completes and checks, by a real YAML language server; and that our own is built again
	$(IN_VENV) -m pytest tests/editors

bench: $(VENV)/.dev-installed bench-dashboard ## how long a million series take, beside plain pandas, and bench-dashboard
	$(IN_VENV) benchmarks/methods.py

bench-dashboard: $(VENV)/.bench-installed chromium ## how fast the pages are, beside a bare page and beside Dash (several minutes)
	$(IN_VENV) benchmarks/dashboard.py

bench-editing: $(VENV)/.dev-installed chromium ## how long an edit takes until its errors and the verdicts that it changes are known, and seen
	$(IN_VENV) benchmarks/editing.py
	$(IN_VENV) benchmarks/keystrokes.py

demo-refresh: $(VENV)/.dev-installed ## refresh everything twice against servers on loopback, show both reports
	@$(IN_VENV) benchmarks/demonstration.py

unit: $(VENV)/.dev-installed ## the tests without a browser
	$(PYTEST) --ignore tests/browser

browser: $(VENV)/.dev-installed chromium provider ## the tests in a real Chromium
	$(PYTEST) tests/browser

editor: $(VENV)/.dev-installed ## build the YAML editor of the Edit page again
	cd views/editor && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund
	$(VENV)/bin/node views/editor/build.mjs

chromium: $(VENV)/.dev-installed
	@bash tests/browser/install_chromium.sh

provider: $(PROVIDER)/node_modules/.package-lock.json

screenshots: $(VENV)/.dev-installed chromium ## draw the pictures again
	$(IN_VENV) tests/browser/screenshots.py

install: $(VENV)/.dev-installed ## install everything for running and testing, and stop

lock: $(VENV)/.made ## write constraints.txt again with the newest versions allowed
	@$(IN_VENV) -m venv $(VENV)/lock
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(VENV)/lock/bin/python -m pip install --quiet --quiet uv
	@echo '# The exact versions of everything, for the same install everywhere on Python 3.11 to 3.13. Written by `make lock`.' > $(VENV)/lock/constraints.txt
	@$(VENV)/lock/bin/python -m uv --quiet pip compile --universal --python-version 3.11 \
		--fork-strategy fewest --no-header requirements-dev.txt requirements-spark.txt requirements-bench.txt >> $(VENV)/lock/constraints.txt
	@mv $(VENV)/lock/constraints.txt constraints.txt
	@rm -rf $(VENV)/lock
	@echo "constraints.txt is written; now run make test."

clean: ## remove what was installed and cached
	rm -rf $(VENV) $(PROVIDER)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps. Each is written last, so an interrupted install leaves none behind.

$(VENV)/.made:
	@command -v "$(PYTHON)" > /dev/null || { echo "Python is not here: install Python 3.11 or newer, or name it: make run PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This is $$("$(PYTHON)" --version 2>&1), but Python 3.11 or newer is needed. If another is installed, name it: make run PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "Python could not make $(VENV). On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.run-installed: requirements.txt constraints.txt | $(VENV)/.made
	@echo "Installing what the dashboard needs into $(VENV) (600 MB on disk, about half a minute; once) …"
	@$(PIP) -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.dev-installed: requirements-dev.txt requirements-export.txt requirements-login.txt requirements-sdmx.txt requirements.txt constraints.txt | $(VENV)/.made
	@echo "Installing what the dashboard and its tests need into $(VENV) (1,100 MB on disk, about a minute; once) …"
	@$(PIP) -r requirements-dev.txt -c constraints.txt
	@touch $(VENV)/.run-installed $@

$(PROVIDER)/node_modules/.package-lock.json: $(PROVIDER)/package-lock.json | $(VENV)/.dev-installed
	@echo "Installing the OpenID provider of the tests (4 MB; once) …"
	@$(VENV)/bin/npm ci --silent --prefix $(PROVIDER)
	@touch $@

$(VENV)/.bench-installed: requirements-bench.txt $(VENV)/.dev-installed
	@echo "Installing Dash into $(VENV) to hold the dashboard against it (once) …"
	@$(PIP) -r requirements-bench.txt -c constraints.txt
	@touch $@

$(VENV)/.editors-installed: $(VENV)/.dev-installed
	@$(VENV)/bin/npm install --silent --no-fund --no-audit --prefix $(VENV)/editors yaml-language-server@1.25.0
	@touch $@

$(VENV)/.spark-installed: requirements-spark.txt $(VENV)/.dev-installed
	@bash tests/spark/install_java.sh
	@echo "Installing Spark into $(VENV) (500 MB on disk; once) …"
	@$(PIP) -r requirements-spark.txt -c constraints.txt
	@touch $@
