# SPDX-License-Identifier: MIT
#
# Thin: each target sets up what it needs, then calls the tool that does the work.
# Stamp files inside the virtual environments keep repeated calls fast.
#
#   make demo                 install into .venv and solve real problems
#   make test                 C, C++ and Python tests
#   make test-free-threaded   Python tests in four threads on a CPython without the GIL
#   make clang                compile everything with clang, if there is one; warnings are errors
#   make sanitize             C and C++ tests under AddressSanitizer and UBSan
#   make sanitize-thread      C and C++ tests under ThreadSanitizer
#   make test-asan            Python tests under AddressSanitizer, UBSan and LeakSanitizer
#   make test-tsan            Python tests of threads under ThreadSanitizer, in a CPython
#                             without the GIL that is itself compiled with it
#   make test-cvxpy [CVXPY_FULL=1]   CVXPY's own tests of scs, and ours through CVXPY,
#                             qpsolvers and diffcp, in an environment of their own
#   make wheel                sdist, wheel from it, both checked, then installed into an
#                             empty environment and tested there
#   make soak [MINUTES=10]    threads times processes for minutes, memory flat at the end
#   make cross [TARGETS='windows ...']   C and C++ tests on other systems and processors, by
#                             cross compilers and emulators, as far as they are installed
#   make docs                 the documentation site, into build/docs
#   make gallery              outputs and pictures of the examples, into their pages
#   make lint | format        check | rewrite: clang-format, clang-tidy, ruff, mypy
#   make bench [PROBLEMS=FOLDER] [BENCH_ARGS='...']   against the reference package
#   make clean                remove what the above made (not the interpreter's cache)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PRECIOUS: build/%/build.ninja

PYTHON ?= python3
VENV ?= .venv
VENV_FT ?= .venv-ft
VENV_CVXPY ?= .venv-cvxpy
VENV_WHEEL ?= .venv-wheel
DEMO_PROBLEMS ?= $(wildcard tests/data/problems/*.npz)
PROBLEMS ?= $(DEMO_PROBLEMS)
PYTEST_ARGS ?=
BENCH_ARGS ?=
MINUTES ?= 10
# LeakSanitizer cannot stop threads that outlive main() or were left behind by a fork.
ASAN_NO_LEAKS := daemon or the_child_ends
# A process takes many seconds to import NumPy and SciPy under ThreadSanitizer.
TSAN_TESTS ?= $(addprefix tests/python/test_,race_detector.py threads.py stress.py \
    interrupt.py async.py pickle.py) -k 'not process and not interpreter and not import'

# The build tools of the environment come before the system's, which may be too old.
export PATH := $(abspath $(VENV))/bin:$(PATH)
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP := $(VENV)/bin/python -m pip install -q
PIP_FT := $(VENV_FT)/bin/python -m pip install -q
PIP_CVXPY := $(VENV_CVXPY)/bin/python -m pip install -q
PIP_WHEEL := $(VENV_WHEEL)/bin/python -m pip install -q
# Prints the folder of the LAPACK for C builds; a machine need not have one of its own.
LAPACK_FOLDER := $(VENV)/bin/python -c \
    'import os, scipy_openblas32; print(os.path.dirname(scipy_openblas32.__file__))'
CODE := scs_source include cpp python
C_FILES = $(shell find $(CODE) tests examples -name '*.[ch]' -o -name '*.[ch]pp')
PACKAGE_FILES := $(shell find $(CODE) cmake -type f -not -name '*.pyc') \
    $(wildcard CMakeLists.txt pyproject.toml README.md LICENSE)

.PHONY: demo test test-free-threaded test-asan test-tsan sanitize sanitize-thread lint format bench clean \
    pytest style tidy tidy-bindings test-cvxpy wheel clang docs gallery

# --- environments ----------------------------------------------------------------------

$(VENV)/.tools: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'Python >= 3.11 is needed: make PYTHON=python3.12 ...' >&2; exit 1; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade 'pip>=25.1'
	$(PIP) --group build --group test --group lapack
	touch $@

$(VENV)/.optional: $(VENV)/.tools
	$(PIP) --only-binary=:all: --group optional || echo 'some optional packages are missing'
	touch $@

$(VENV)/.docs-tools: $(VENV)/.tools
	$(PIP) --group docs
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

# The package is what .venv has compiled already, and given together with CVXPY, so that
# it is what satisfies CVXPY's requirement of scs.
$(VENV_CVXPY)/.scs: $(VENV)/.scs
	test -x $(VENV_CVXPY)/bin/python || $(PYTHON) -m venv $(VENV_CVXPY)
	rm -rf build/cvxpy
	$(VENV)/bin/python -m pip wheel -q --no-build-isolation --no-deps -w build/cvxpy .
	$(PIP_CVXPY) --upgrade 'pip>=25.1'
	$(PIP_CVXPY) --force-reinstall --no-deps build/cvxpy/scs-*.whl
	$(PIP_CVXPY) build/cvxpy/scs-*.whl --group cvxpy
	touch $@

# Made by an interpreter that can make the stable ABI, if there is one.
$(VENV_WHEEL)/.tools: pyproject.toml tools/gil_python.sh
	test -x $(VENV_WHEEL)/bin/python || \
	    "$$(tools/gil_python.sh || echo $(PYTHON))" -m venv $(VENV_WHEEL)
	$(PIP_WHEEL) --upgrade 'pip>=25.1'
	$(PIP_WHEEL) --group wheel
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

build/tidy-python/build.ninja: $(VENV)/.lint-tools CMakePresets.json python/CMakeLists.txt
	CMAKE_PREFIX_PATH=$$($(LAPACK_FOLDER)) cmake --preset tidy-python \
	    -D Python_EXECUTABLE=$(abspath $(VENV))/bin/python
	touch $@

ctest-%: build/%/build.ninja
	cmake --build --preset $*
	ctest --preset $*

pytest: $(VENV)/.scs $(VENV)/.optional
	$(VENV)/bin/python -m pytest $(PYTEST_ARGS)

test: ctest-dev pytest

test-free-threaded: $(VENV_FT)/.scs
	$(VENV_FT)/bin/python -c 'import scs, sys; sys.exit(sys._is_gil_enabled())' \
	    || { echo 'importing scs enabled the GIL' >&2; exit 1; }
	$(VENV_FT)/bin/python -m pytest tests/python --parallel-threads=4 --iterations=2 \
	    $(PYTEST_ARGS)

soak: $(VENV)/.scs
	$(VENV)/bin/python tests/soak/soak.py --minutes $(MINUTES)

# Core, facade, extension and tests; the newest clang is taken.
CLANGXX ?= $(firstword $(foreach version,$(shell seq 30 -1 14),$(shell command -v clang++-$(version))) \
    $(shell command -v clang++))
clang: $(VENV)/.tools
	clangxx='$(CLANGXX)'; \
	test -n "$$clangxx" || { echo 'skipped: there is no clang++ on this machine'; exit 0; }; \
	"$$clangxx" --version | head -n 1; \
	CMAKE_PREFIX_PATH=$$($(LAPACK_FOLDER)) cmake --preset clang \
	    -D CMAKE_C_COMPILER="$${clangxx/clang++/clang}" -D CMAKE_CXX_COMPILER="$$clangxx" \
	    -D Python_EXECUTABLE=$(abspath $(VENV))/bin/python; \
	cmake --build --preset clang

cross: $(VENV)/.tools
	tools/cross/cross.sh $(TARGETS)

sanitize: ctest-asan

# ThreadSanitizer's memory does not stand the address-space layout of newer kernels.
sanitize-thread: build/tsan/build.ninja
	cmake --build --preset tsan
	setarch $$(uname -m) --addr-no-randomize ctest --preset tsan

# Instrumented packages lie in folders of their own, put in front of the installed one.
build/%-site/.scs: $(PACKAGE_FILES)
	rm -rf $(@D)
	$(INSTALLER) -m pip install -q --no-build-isolation --no-deps --target $(@D) \
	    -C build-dir=build/$*-python -C cmake.build-type=RelWithDebInfo \
	    -C cmake.define.SCS_SANITIZE=$(SANITIZERS) .
	touch $@

build/asan-site/.scs: $(VENV)/.tools
build/asan-site/.scs: INSTALLER = $(VENV)/bin/python
build/asan-site/.scs: SANITIZERS = address,undefined

build/tsan-site/.scs: $(VENV_FT)/.tools
build/tsan-site/.scs: INSTALLER = $(VENV_FT)/bin/python
build/tsan-site/.scs: SANITIZERS = thread

test-asan: build/asan-site/.scs
	export PYTHONPATH=$(abspath build/asan-site); \
	tools/sanitized.sh address $(VENV)/bin/python -m pytest -p no:cacheprovider \
	    tests/python -k 'not ($(ASAN_NO_LEAKS))' $(PYTEST_ARGS); \
	ASAN_OPTIONS=detect_leaks=0 tools/sanitized.sh address $(VENV)/bin/python -m pytest \
	    -p no:cacheprovider tests/python -k '$(ASAN_NO_LEAKS)' $(PYTEST_ARGS)

# The other packages are those of the plain interpreter, which must be the same version.
test-tsan: build/tsan-site/.scs
	python=$$(tools/free_threaded_python.sh --tsan | tail -n 1); \
	packages=$$($(VENV_FT)/bin/python -c \
	    'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	PYTHONPATH=$(abspath build/tsan-site):$$packages tools/sanitized.sh thread $$python \
	    -m pytest -p no:cacheprovider $(TSAN_TESTS) $(PYTEST_ARGS)

test-cvxpy: $(VENV_CVXPY)/.scs
	$(VENV_CVXPY)/bin/python -m pip check
	$(VENV_CVXPY)/bin/python -m pytest tests/cvxpy $(PYTEST_ARGS)
	cd build/cvxpy; rm -rf cache; export PYTHONPATH=$(abspath tests/cvxpy); \
	$(abspath $(VENV_CVXPY))/bin/python -m pytest --pyargs cvxpy.tests \
	    -c $(abspath tests/cvxpy/as_shipped.ini) -o cache_dir=$(abspath build/cvxpy/cache) \
	    --rootdir $(abspath $(VENV_CVXPY)) -p names_scs \
	    --scs $(if $(CVXPY_FULL),files,named)

# The environment is empty at first: the demo runs on what the wheel itself asks for.
wheel: $(VENV_WHEEL)/.tools
	$(VENV_WHEEL)/bin/python -m pytest -q -p no:cacheprovider tests/meta/test_wheel_matrix.py
	rm -rf build/wheel && mkdir -p build/wheel
	$(VENV_WHEEL)/bin/python -m build --outdir build/wheel/dist . >build/wheel/build.log 2>&1 \
	    || { tail -n 50 build/wheel/build.log; exit 1; }
	$(VENV_WHEEL)/bin/python tools/check_wheel.py build/wheel/dist/*
	"$$(tools/gil_python.sh --newest || echo $(PYTHON))" -m venv build/wheel/venv
	python=$(abspath build/wheel/venv)/bin/python; outside=$$(mktemp -d); \
	trap "rm -rf $$outside" EXIT; \
	tar -xf build/wheel/dist/scs-*.tar.gz --strip-components=1 -C $$outside; \
	$$python -m pip install -q --upgrade 'pip>=25.1'; \
	$$python -m pip install -q build/wheel/dist/scs-*.whl; \
	cd $$outside; \
	$$python examples/demo.py; \
	$$python -m pip install -q --group test; \
	$$python -m pip check; \
	$$python -m pytest -p no:cacheprovider @tests/python/anywhere.txt

# --- documentation ---------------------------------------------------------------------

docs: $(VENV)/.scs $(VENV)/.docs-tools
	$(VENV)/bin/python -m sphinx -q -n -W --keep-going -b html -d build/doctrees docs build/docs
	$(VENV)/bin/python -m pytest -q tests/meta/test_site.py
	@echo 'build/docs/index.html'

gallery: $(VENV)/.scs $(VENV)/.optional
	OPENBLAS_NUM_THREADS=1 $(VENV)/bin/python tools/gallery_pages.py --write --pictures

# --- style -----------------------------------------------------------------------------

lint: style tidy

style: $(VENV)/.lint-tools
	@clang-format --dry-run --Werror $(C_FILES)
	ruff check
	ruff format --check
	mypy
	mypy --config-file tests/mypy.ini
	$(VENV)/bin/python tools/structure.py

format: $(VENV)/.lint-tools
	@clang-format -i $(C_FILES)
	ruff check --fix
	ruff format

# clang-tidy runs as part of compiling, so only what changed is looked at again, unless
# the rules themselves changed. In C++ its analyzer does not follow calls deep into the
# standard library, which takes six times as long and finds nothing there.
TIDY_CXX := clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option \
    $(addprefix --extra-arg=,-Xclang -analyzer-config -Xclang mode=shallow)
tidy: build/tidy/.rules
	cmake --build --preset tidy -- -k 0
	$(MAKE) -s --keep-going --output-sync -j $(CMAKE_BUILD_PARALLEL_LEVEL) tidy-bindings

# The extension is looked at without being compiled: that would take as long again, and
# nanobind's own sources are none of ours.
tidy-bindings: $(patsubst python/%.cpp,build/tidy-python/%.ok,$(wildcard python/bindings/*.cpp))
build/tidy-python/bindings/%.ok: python/bindings/%.cpp build/tidy/.rules \
    build/tidy-python/build.ninja $(shell find $(CODE) -name '*.h' -o -name '*.hpp')
	mkdir -p $(@D)
	$(TIDY_CXX) -p build/tidy-python $< 2> >(grep -v 'warnings generated' >&2)
	touch $@

build/tidy/.rules: .clang-tidy $(VENV)/.lint-tools build/tidy/build.ninja
	cmake --build --preset tidy --target clean
	touch $@

build/tidy/build.ninja: $(VENV)/.lint-tools

clean:
	rm -rf build dist $(VENV) $(VENV_FT) $(VENV_CVXPY) $(VENV_WHEEL) .pytest_cache .mypy_cache .ruff_cache .hypothesis
