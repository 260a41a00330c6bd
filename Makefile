# One word a job; CI calls the same words. The README shows the first two written out.

VENV = .venv
BIN = $(VENV)/bin
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

run: $(VENV)/ready  ## install and start the dashboard
	$(BIN)/streamlit run dashboard.py

test: $(VENV)/ready  ## install and run all tests
	$(BIN)/python -m pytest

cluster: $(VENV)/ready  ## what a Spark cluster needs, beside the rest
	$(BIN)/pip install --quiet --requirement requirements-spark.lock

lint: $(VENV)/ready  ## style, and the types of the package
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

check: $(VENV)/ready  ## problems of the data
	$(BIN)/projectdata check && $(BIN)/frictionless validate data/datapackage.json

bench: $(VENV)/ready  ## speed as ratios within one run, and how well pairs are found
	$(BIN)/pip install --quiet --requirement requirements-bench.lock
	$(BIN)/python -m benchmarks && $(BIN)/python -m benchmarks.matching

messages: $(VENV)/ready  ## bring the message catalogues up to date with the code
	$(BIN)/pybabel extract -F babel.cfg -k words -k message -k self -k plural:1,2 --no-location --sort-output -o build/messages.pot src pages && $(BIN)/pybabel update -w 100 -i build/messages.pot -d src/projectdata/locale -D messages --no-fuzzy-matching --ignore-obsolete

screenshots: $(VENV)/ready  ## a picture of each page in docs/
	$(BIN)/python -m docs.screenshots

lock:  ## pin the dependencies; those of the cluster and of the benchmarks apart
	$(LOCK) --group dev pyproject.toml -o requirements.lock
	$(LOCK) --extra spark --constraint requirements.lock pyproject.toml -o requirements-spark.lock
	$(LOCK) --group bench --constraint requirements.lock pyproject.toml -o requirements-bench.lock

$(VENV)/ready: requirements.lock pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

.PHONY: run test cluster lint check bench messages screenshots lock
