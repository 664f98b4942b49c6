#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Run a command of Python under a sanitizer and fail if that has anything to report, in
# this process or in one that it starts:
#
#   tools/sanitized.sh thread PYTHON ARGUMENTS...    an interpreter with ThreadSanitizer
#   tools/sanitized.sh address PYTHON ARGUMENTS...   any interpreter: ASan, UBSan, leaks
#
# The package that it imports has to be built with SCS_SANITIZE=thread, respectively
# address,undefined. Reports go to files, because tests capture the standard streams.
# ASAN_OPTIONS and TSAN_OPTIONS may add to what is set here.

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kind=$1 python=$2
shift 2

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
common="log_path=$reports/report:exitcode=66:handle_segv=0"
# OpenBLAS is not instrumented: how its threads hand work over looks like a race, and one
# thread of it is what the tests ask for anyway.
export OPENBLAS_NUM_THREADS=1 SCS_SANITIZED="$kind"

status=0
case $kind in
    thread)
        # die_after_fork: tests fork while threads run, which ThreadSanitizer else refuses.
        TSAN_OPTIONS="$common:suppressions=$here/tsan.supp:history_size=4:${TSAN_OPTIONS:-}"
        export TSAN_OPTIONS+=":die_after_fork=0"
        # Its shadow memory does not stand the address-space layout of newer kernels.
        setarch "$(uname -m)" --addr-no-randomize "$python" "$@" || status=$?
        ;;
    address)
        # The runtime has to come first, and the C++ library with it, so that exceptions
        # are seen. Arenas of Python's own allocator would hide who owns what. Leaks are
        # told apart by who called malloc (leaks.supp), hence two frames.
        libraries=$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libstdc++.so)
        ASAN_OPTIONS="$common:detect_leaks=1:malloc_context_size=2:${ASAN_OPTIONS:-}"
        export ASAN_OPTIONS+=":allocator_may_return_null=1"
        export LSAN_OPTIONS="suppressions=$here/leaks.supp:print_suppressions=0"
        export UBSAN_OPTIONS="print_stacktrace=1"
        LD_PRELOAD=$libraries PYTHONMALLOC=malloc "$python" "$@" || status=$?
        ;;
    *)
        echo "sanitized: thread or address, not $kind" >&2
        exit 2
        ;;
esac

found=("$reports"/*)
if [[ -e ${found[0]} ]]; then
    head -n 400 "${found[@]}" >&2
    echo "sanitized: ${#found[@]} process(es) with reports" >&2
    exit 1
fi
exit "$status"
