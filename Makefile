# brief: the main job · test: everything that must hold · check: lint and types · docs, golden: made pages
# Each target makes what it needs: an environment in .venv with the versions and hashes of requirements.lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
REGION := south-china-sea
export COMITY_HOME ?= $(CURDIR)/.cache/comity

.PHONY: brief test check docs golden clean

brief: $(READY)
	@$(BIN)/comity --quiet load >/dev/null
	@mkdir -p out
	@$(BIN)/comity brief $(REGION) -o out/$(REGION).html
	@$(BIN)/comity brief $(REGION)

test: $(READY) check
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/generate.py --check
	$(BIN)/comity record check

docs: $(READY)
	$(BIN)/python docs/generate.py

golden: $(READY)
	$(BIN)/python -m pytest -q --golden tests
	git --no-pager diff --stat tests/golden

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

clean:
	rm -rf $(VENV) .cache out build dist
