#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Runs a program for Windows: wine.sh PROGRAM [ARGUMENTS...]. It finds the libraries of the
# compiler that made it and those in the folders of SCS_DLL_PATH (separated by colons).
# Wine's own files stay out of the home folder unless WINEPREFIX says otherwise.
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
export WINEPREFIX=${WINEPREFIX:-$here/build/cross/wine}
export WINEDEBUG=${WINEDEBUG:--all}
mkdir -p "$WINEPREFIX"

folders=/usr/x86_64-w64-mingw32/lib:$(dirname "$(x86_64-w64-mingw32-gcc-posix -print-libgcc-file-name)")
folders+=${SCS_DLL_PATH:+:$SCS_DLL_PATH}
folders=${folders//:/;z:}
export WINEPATH=${WINEPATH:+$WINEPATH;}z:${folders//\//\\}
exec wine "$@"
