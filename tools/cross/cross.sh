#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Builds the core, the facade, the examples and their tests for other systems, and runs the
# tests there by emulators: cross.sh [TARGET...], all targets unless some are named.
#
#     windows  64-bit, MinGW-w64's GCC, Wine        aarch64  64-bit ARM, QEMU
#     musl     Linux with musl, the core only       armhf    32-bit ARM, QEMU
#     macos    ARM, compiled and linked only        i686     32-bit x86
#                                                   s390x    big endian, QEMU
#
# A target whose tools are missing is skipped, with the name of what brings them; nothing is
# installed from here. Arguments for ctest stand in CTEST_ARGS. Everything is written below
# build/cross. Fails if something that could be tried failed.
set -euo pipefail
cd "$(dirname "$0")/../.."

all=(windows musl macos aarch64 armhf i686 s390x)
log=build/cross/logs
mkdir -p "$log"

# Zig comes as a Python package (pip install --group cross), its compiler beside modules.
if [[ -x .venv/bin/python ]]; then
    PATH=$(.venv/bin/python -c \
        'import sysconfig; print(sysconfig.get_path("purelib") + "/ziglang")'):$PATH
fi

# "PROGRAM=PACKAGE" of what a target needs.
needs() {
    case $1 in
        windows) echo "x86_64-w64-mingw32-gcc-posix=gcc-mingw-w64-x86-64" \
            "x86_64-w64-mingw32-g++-posix=g++-mingw-w64-x86-64 wine=wine,wine64" ;;
        musl) echo "musl-gcc=musl-tools" ;;
        macos) echo "zig=ziglang,of-PyPI" ;;
        aarch64) gnu aarch64-linux-gnu qemu-aarch64 ;;
        armhf) gnu arm-linux-gnueabihf qemu-arm ;;
        i686) gnu i686-linux-gnu env ;;
        s390x) gnu s390x-linux-gnu qemu-s390x ;;
        *)
            echo "cross: $1 is none of ${all[*]}" >&2
            exit 2
            ;;
    esac
}

gnu() { echo "$1-gcc=gcc-$1 $1-g++=g++-$1 $2=qemu-user"; }

missing() {
    local need
    for need in $(needs "$1"); do
        command -v "${need%%=*}" >/dev/null || echo "${need#*=}"
    done
}

# Tells how it went in $verdict; the log of a step that failed is shown.
verdict=
step() {
    local name=$1 file=$2
    shift 2
    if ! "$@" >"$file" 2>&1; then
        tail -n 40 "$file"
        verdict="FAILED: $name, see $file"
        return 1
    fi
}

try() {
    local target=$1 read_args=()
    read -ra read_args <<<"${CTEST_ARGS:-}"
    step configure "$log/$target.configure" cmake --preset "$target" || return 1
    step build "$log/$target.build" cmake --build "build/cross/$target" || return 1
    if [[ $target == macos ]]; then
        verdict='compiled and linked, not run'
        return
    fi
    # Emulators are slow, on a busy machine very slow.
    step test "$log/$target.test" ctest --test-dir "build/cross/$target" --timeout 900 \
        --output-on-failure --no-tests=error -j "${JOBS:-$(nproc)}" \
        "${read_args[@]}" || return 1
    verdict=$(grep 'tests passed' "$log/$target.test")
}

targets=("$@")
[[ $# -gt 0 ]] || targets=("${all[@]}")
for target in "${targets[@]}"; do
    needs "$target" >/dev/null
done
failed=0
for target in "${targets[@]}"; do
    start=$SECONDS
    lacking=$(missing "$target" | paste -sd' ')
    if [[ $lacking ]]; then
        verdict="skipped, for want of $lacking"
    else
        try "$target" || failed=1
    fi
    printf '%-8s %s (%d s)\n' "$target" "$verdict" $((SECONDS - start))
done
exit $failed
