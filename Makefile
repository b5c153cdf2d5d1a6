# make run: set everything up and serve the site. make test: set everything up and run the suite.
PYTHON ?= python3
BIN := .venv/bin
NPM := bash .ci/npm
MESSAGES := $(wildcard catalog/locale/*/LC_MESSAGES/*.po)

# test-processes: what starts real processes, kills them and fills disks, which takes minutes.
.PHONY: run test test-browser test-processes test-services check assets lock clean

run: .venv/.installed assets
	exec $(BIN)/python manage.py up

test: .venv/.installed-dev assets
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not processes and not browser"

test-browser: .venv/.installed-dev assets
	bash .ci/chromium
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "browser and not processes"

test-processes: .venv/.installed-dev assets
	bash .ci/chromium
	$(BIN)/python -m pytest -m processes

test-services: .venv/.installed-dev assets
	bash .ci/test-services

check: .venv/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy animesite catalog manage.py
	$(BIN)/lint-imports
	HTTPS=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

assets: node_modules/.installed $(MESSAGES:.po=.mo)
	$(BIN)/python manage.py build_assets

lock: .venv/.installed-dev
	bash .ci/lock

clean:
	rm -rf .venv node_modules static/fonts static/vendor var $(MESSAGES:.po=.mo)

.venv/bin/python:
	bash .ci/venv $(PYTHON)

.venv/.installed: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch .venv/.installed $@

node_modules/.installed: package.json package-lock.json | .venv/.installed
	$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

%.mo: %.po | .venv/.installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
