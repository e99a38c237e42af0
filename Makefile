# The two commands that do everything: `make demo` shows the main result, `make test` runs every check.
# Both create .venv on first use. Nothing is installed again until pyproject.toml or constraints.txt changes.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin

# The same versions for what is installed and for what builds it; two names, for older and newer pip.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test clean
.DELETE_ON_ERROR:

help:
	@echo "make demo   install into .venv and compare a voluntary with a mandatory scheme"
	@echo "make test   install into .venv and run every check and test"
	@echo "make clean  remove .venv"

demo: $(VENV)/runtime.stamp
	$(BIN)/naas compare voluntary mandatory

test: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2
	$(BIN)/python benchmarks/replication.py --bound --scale 2 --twin-scale 0.1
	$(BIN)/python benchmarks/experiments.py --bound

clean:
	rm -rf $(VENV)

# Everything that can be missing on a machine is looked for first, each with one sentence that says what to install.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))
HEADERS := import sysconfig; print(sysconfig.get_path("include"))
COMPILER := import sysconfig; print((sysconfig.get_config_var("CC") or "cc").split()[0])

$(VENV)/python.stamp:
	@python=; \
	for name in python3.12 python3.11 python3; do \
	  if $$name -c '$(SUPPORTED)' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "The simulator needs Python 3.11 or 3.12, and neither was found: install it (Debian: python3 python3-dev" \
	    "python3-venv; macOS: Homebrew python@3.12 or python.org), then run make again." >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$python cannot create environments: install its venv package (Debian: python3-venv)," \
	    "then run make again." >&2; exit 1; \
	fi; \
	compiler=`$$python -c '$(COMPILER)'`; \
	if ! echo '#include <stdio.h>' | $$compiler -x c -fsyntax-only - >/dev/null 2>&1; then \
	  echo "A C compiler is needed to build durable-rules, and $$compiler does not work: install one (Debian:" \
	    "build-essential; macOS: xcode-select --install), then run make again." >&2; exit 1; \
	fi; \
	headers=`$$python -c '$(HEADERS)'`; \
	if [ ! -f "$$headers/Python.h" ]; then \
	  echo "The C headers of $$python are needed to build durable-rules: install them (Debian: python3-dev;" \
	    "macOS: a Python from Homebrew python@3.12 or python.org has them), then run make again." >&2; exit 1; \
	fi; \
	echo "Creating $(VENV) with `$$python --version`"; \
	rm -rf $(VENV) && $$python -m venv $(VENV)
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/python.stamp pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
