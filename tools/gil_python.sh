#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Print the path of a CPython >= 3.12 with a GIL, which makes wheels with the stable ABI.
#
#   tools/gil_python.sh            the oldest on this machine
#   tools/gil_python.sh --newest   the newest, to see that such a wheel runs there
#
# Looks at $SCS_GIL_PYTHON, python3.12 to python3.15 on PATH and pyenv's; fails if there
# is none. Nothing is downloaded or built.

set -euo pipefail

# True if "$1" runs, is new enough and was built with a GIL.
is_wanted() {
    "$1" -c 'import sys, sysconfig, venv
sys.exit(sys.version_info < (3, 12) or bool(sysconfig.get_config_var("Py_GIL_DISABLED")))' \
        2>/dev/null
}

if [[ -n ${SCS_GIL_PYTHON:-} ]]; then
    is_wanted "$SCS_GIL_PYTHON" && printf '%s\n' "$SCS_GIL_PYTHON"
    exit
fi

found=()
for minor in 12 13 14 15; do
    for python in "$(command -v "python3.$minor" || true)" \
        "${PYENV_ROOT:-$HOME/.pyenv}/versions/3.$minor".*/bin/python; do
        if [[ -x $python ]] && is_wanted "$python"; then
            found+=("$python")
            break
        fi
    done
done
((${#found[@]})) || { echo 'gil_python: no CPython >= 3.12 with a GIL' >&2; exit 1; }
[[ ${1:-} == --newest ]] && printf '%s\n' "${found[-1]}" || printf '%s\n' "${found[0]}"
