# make demo   the main job, on a real bill of materials
# make test   the tests
# make check  what a change must pass: lint, types, tests, the rule book, the worked cases
# make long   what takes longer than a change should wait for

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
SPARK := .venv/spark
EXTRAS := second-opinion,files,parties,batch,prove

.PHONY: demo test check long lint types clean

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS),dev]'
	touch $(READY)

$(SPARK): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[spark]'
	touch $(SPARK)

demo: $(READY)
	$(BIN)/exportctl bom cases/bom/solo12/odri_solo12_multilevel_bom.csv --case cases/demo/japan-to-korea.yaml
	$(BIN)/exportctl check cases/demo/rotor-magnet-answered.yaml

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check engine tests benchmarks
	$(BIN)/ruff format --check engine tests benchmarks

types: $(READY)
	$(BIN)/mypy

check: lint types $(SPARK)
	$(BIN)/exportctl rules check
	$(BIN)/exportctl rules prove
	$(BIN)/exportctl cases
	$(BIN)/exportctl rules witness --check
	$(BIN)/exportctl rules mutate --changed
	$(BIN)/python -m pytest

long: $(SPARK)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest
	$(BIN)/exportctl cases cases/generated --quiet
	$(BIN)/exportctl cases cases/generated --coverage
	$(BIN)/exportctl rules mutate
	$(BIN)/python benchmarks/screening.py 20000000

clean:
	rm -rf .venv
