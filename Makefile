# SPDX-License-Identifier: MIT
#
# Thin: each target sets up what it needs, then calls the tool that does the work.
# Stamp files inside the virtual environments keep repeated calls fast.
#
#   make demo                 install into .venv and solve real problems
#   make test                 C, C++ and Python tests
#   make test-free-threaded   Python tests in four threads on a CPython without the GIL
#   make sanitize             C and C++ tests under AddressSanitizer and UBSan
#   make lint | format        check | rewrite: clang-format, clang-tidy, ruff, mypy
#   make check-install        plain `pip install .` into an empty environment
#   make bench [PROBLEMS=FOLDER] [BENCH_ARGS='...']   against the reference package
#   make clean                remove what the above made (not the interpreter's cache)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PRECIOUS: build/%/build.ninja

PYTHON ?= python3
VENV ?= .venv
VENV_FT ?= .venv-ft
DEMO_PROBLEMS ?= $(wildcard tests/data/problems/*.npz)
PROBLEMS ?= $(DEMO_PROBLEMS)
PYTEST_ARGS ?=
BENCH_ARGS ?=

# The build tools of the environment come before the system's, which may be too old.
export PATH := $(abspath $(VENV))/bin:$(PATH)
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP := $(VENV)/bin/python -m pip install -q
PIP_FT := $(VENV_FT)/bin/python -m pip install -q
# Prints the folder of the LAPACK for C builds; a machine need not have one of its own.
LAPACK_FOLDER := $(VENV)/bin/python -c \
    'import os, scipy_openblas32; print(os.path.dirname(scipy_openblas32.__file__))'
CODE := scs_source include cpp python
C_FILES = $(shell find $(CODE) tests examples -name '*.[ch]' -o -name '*.[ch]pp')
PACKAGE_FILES := $(shell find $(CODE) cmake -type f -not -name '*.pyc') \
    $(wildcard CMakeLists.txt pyproject.toml README.md LICENSE)

.PHONY: demo test test-free-threaded sanitize lint format check-install bench clean \
    pytest style tidy

# --- environments ----------------------------------------------------------------------

$(VENV)/.tools: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'Python >= 3.11 is needed: make PYTHON=python3.12 ...' >&2; exit 1; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade 'pip>=25.1'
	$(PIP) --group build --group test --group lapack
	touch $@

$(VENV)/.lint-tools: $(VENV)/.tools
	$(PIP) --group lint
	touch $@

$(VENV)/.scs: $(VENV)/.tools $(PACKAGE_FILES)
	$(PIP) --no-build-isolation '.[progress]'
	touch $@

$(VENV_FT)/.tools: pyproject.toml tools/free_threaded_python.sh
	python=$$(tools/free_threaded_python.sh | tail -n 1); \
	    test -x $(VENV_FT)/bin/python || "$$python" -m venv $(VENV_FT)
	$(PIP_FT) --upgrade 'pip>=25.1'
	$(PIP_FT) --only-binary=:all: --group free-threaded
	touch $@

$(VENV_FT)/.scs: $(VENV_FT)/.tools $(PACKAGE_FILES)
	$(PIP_FT) --no-build-isolation --no-deps .
	touch $@

# --- running ---------------------------------------------------------------------------

demo: $(VENV)/.scs
	$(VENV)/bin/python examples/demo.py
	$(VENV)/bin/python -m scs $(DEMO_PROBLEMS) --eps 1e-4

bench: $(VENV)/.scs
	mkdir -p build/bench
	PYTHONPATH=benchmarks $(VENV)/bin/python -m scsbench paired --fresh \
	    --python reference $(VENV)/bin/python \
	    --out build/bench/reference.jsonl build/bench/here.jsonl $(BENCH_ARGS) $(PROBLEMS)

# --- testing ---------------------------------------------------------------------------

build/%/build.ninja: $(VENV)/.tools CMakePresets.json
	CMAKE_PREFIX_PATH=$$($(LAPACK_FOLDER)) cmake --preset $*
	touch $@

ctest-%: build/%/build.ninja
	cmake --build --preset $*
	ctest --preset $*

pytest: $(VENV)/.scs
	$(VENV)/bin/python -m pytest $(PYTEST_ARGS)

test: ctest-dev pytest

test-free-threaded: $(VENV_FT)/.scs
	$(VENV_FT)/bin/python -c 'import scs, sys; sys.exit(sys._is_gil_enabled())' \
	    || { echo 'importing scs enabled the GIL' >&2; exit 1; }
	$(VENV_FT)/bin/python -m pytest tests/python --parallel-threads=4 --iterations=2 \
	    $(PYTEST_ARGS)

sanitize: ctest-asan

check-install:
	rm -rf build/check-install
	$(PYTHON) -m venv build/check-install
	build/check-install/bin/python -m pip install -q -C build-dir=build/check-install/build .
	build/check-install/bin/python examples/demo.py

# --- style -----------------------------------------------------------------------------

lint: style tidy

style: $(VENV)/.lint-tools
	@clang-format --dry-run --Werror $(C_FILES)
	ruff check
	ruff format --check
	mypy
	$(VENV)/bin/python tools/structure.py

format: $(VENV)/.lint-tools
	@clang-format -i $(C_FILES)
	ruff check --fix
	ruff format

# clang-tidy runs as part of compiling, so only what changed is looked at again, unless
# the rules themselves changed.
tidy: build/tidy/.rules
	cmake --build --preset tidy -- -k 0

build/tidy/.rules: .clang-tidy $(VENV)/.lint-tools build/tidy/build.ninja
	cmake --build --preset tidy --target clean
	touch $@

build/tidy/build.ninja: $(VENV)/.lint-tools

clean:
	rm -rf build dist $(VENV) $(VENV_FT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
