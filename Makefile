# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
PYTEST_ARGS ?= -m "not services"
# How many processes share the tests: one for each core, at most four. 0: one after another.
WORKERS ?= auto
BIN := $(VENV)/bin
STANDIN_PORT ?= $(shell expr $(PORT) + 1)
PAYPAL_PORT ?= $(shell expr $(PORT) + 2)
# honcho gives every process a PORT of its own; SITE_PORT is the one that was asked for.
SITE_PORT := $(PORT)
export PORT SITE_PORT STANDIN_PORT PAYPAL_PORT

.PHONY: run setup dev test test-services check bench lock messages clean

run: setup
	@$(BIN)/pybabel -q compile -d donations/locale -D django
	@$(BIN)/python manage.py prepare_trial
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/honcho start --no-prefix -f Procfile.trial

setup: $(VENV)/.installed

# What a newsroom runs: packages from the lock, messages compiled, static files gathered.
$(VENV)/.installed: requirements.lock
	@echo "Setting up in $(VENV) (the first time takes a minute or two)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

dev: $(VENV)/.installed-dev

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Translations and static files, from whatever the tree holds now.
prepared: dev
	@$(BIN)/pybabel -q compile -d donations/locale -D django
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0

test: prepared
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

test-services: prepared
	$(BIN)/python -m tests.services -n $(WORKERS)

check: prepared
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.deploy_check

bench: prepared
	$(BIN)/python -m tests.benchmarks $(if $(ONLY),--only $(ONLY))

# For maintainers, with uv: versions and hashes for every Python that we support.
lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header \
		--no-annotate --python-version 3.11 -o requirements-dev.lock

# For maintainers, with GNU gettext: new texts into the catalogs.
messages:
	$(BIN)/python manage.py makemessages --locale ro --locale ru --no-location --no-obsolete --no-wrap \
		--ignore 'tests/*' --ignore 'var/*' --ignore '$(VENV)/*'
	sed -i '/^"POT-Creation-Date:/d; /^"Report-Msgid-Bugs-To:/d' donations/locale/*/LC_MESSAGES/django.po

clean:
	rm -rf $(VENV) var
