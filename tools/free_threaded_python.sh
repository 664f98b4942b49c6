#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Print the path of a free-threaded CPython, building and caching one if the machine
# has none. The path is the last line of standard output; the rest goes to stderr.
#
#   tools/free_threaded_python.sh            any free-threaded CPython >= 3.13
#   tools/free_threaded_python.sh --tsan     one compiled with ThreadSanitizer
#   ... --tsan --cached                      the same, but fail instead of building
#
# Order of choice: $SCS_FREE_THREADED_PYTHON ($SCS_TSAN_PYTHON with --tsan), then
# python3.14t or python3.13t on PATH (not with --tsan: nobody ships those), then the
# cache, then a build from Debian's source package into the cache
# ${XDG_CACHE_HOME:-~/.cache}/scs-dev, one folder per version and set of options.
# $SCS_DEBIAN_MIRROR overrides the mirror, which is otherwise apt's own.

set -euo pipefail

readonly series=3.13
readonly suite=trixie
readonly cache="${XDG_CACHE_HOME:-$HOME/.cache}/scs-dev/python"
readonly build_packages=(gcc make pkg-config xz-utils ca-certificates
    debian-archive-keyring libssl-dev zlib1g-dev libffi-dev libbz2-dev liblzma-dev)

say() { printf '%s\n' "free_threaded_python: $*" >&2; }
die() {
    say "$*"
    exit 1
}

# True if "$1" runs and was built without the GIL (not merely able to switch it off).
is_free_threaded() {
    "$1" -c 'import sysconfig as s, sys; sys.exit(not s.get_config_var("Py_GIL_DISABLED"))' \
        2>/dev/null
}

find_provided() {
    local given="${SCS_FREE_THREADED_PYTHON:-}" name path
    [[ $flavour == tsan ]] && given="${SCS_TSAN_PYTHON:-}"
    if [[ -n $given ]]; then
        is_free_threaded "$given" || die "$given is not a free-threaded CPython"
        printf '%s\n' "$given"
        return
    fi
    [[ $flavour == plain ]] || return 1
    for name in python3.14t python3.13t; do
        if path=$(command -v "$name") && is_free_threaded "$path"; then
            printf '%s\n' "$path"
            return
        fi
    done
    return 1
}

# The marker is written last, so a build that was cut short is never taken.
find_cached() {
    local marker
    for marker in "$cache/$series".*"-$key"/.complete; do
        [[ -e $marker ]] || continue
        printf '%s\n' "${marker%/.complete}/bin/python${series}t"
        return
    done
    return 1
}

install_build_packages() {
    local package missing=()
    for package in "${build_packages[@]}"; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == *" installed" ]] ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    [[ $EUID == 0 ]] || die "please install: ${missing[*]}"
    say "installing ${missing[*]}"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

debian_mirror() {
    local mirror="${SCS_DEBIAN_MIRROR:-}" site origin
    if [[ -z $mirror ]]; then
        while read -r site origin; do
            [[ $origin == Debian ]] && mirror=$site && break
        done < <(apt-get indextargets --format '$(SITE) $(ORIGIN)' 'Created-By: Packages')
    fi
    if [[ -z $mirror ]]; then # no index fetched yet: the origin is unknown, the site is not
        mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' |
            grep -m1 '/debian/\?$' || true)
    fi
    [[ -n $mirror ]] || die "apt knows no Debian mirror; set SCS_DEBIAN_MIRROR"
    printf '%s\n' "$mirror"
}

# Fetch the upstream tarball into "$1" with an apt state of its own, so that the
# machine's own lists and package choices stay as they are.
download_source() {
    local apt="$1/apt" keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$apt/lists/partial" "$apt/archives/partial"
    printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$(debian_mirror)" "$suite" \
        >"$apt/sources.list"
    local options=(-qq
        -oDir::Etc::sourcelist="$apt/sources.list" -oDir::Etc::sourceparts=/dev/null
        -oDir::State::Lists="$apt/lists" -oDir::Cache="$apt"
        -oAPT::Sandbox::User="$(id -un)")
    apt-get "${options[@]}" update >&2
    (cd "$1" && apt-get "${options[@]}" source --download-only "python$series" >&2)
}

build() {
    local tarball version prefix runner=()
    install_build_packages
    work=$(mktemp -d) # global: the trap outlives this function
    trap 'rm -rf "$work"' EXIT
    say "fetching the source of CPython $series"
    download_source "$work"
    tarball=$(ls "$work"/python"$series"_*.orig.tar.xz)
    version=${tarball##*/python"${series}"_}
    version=${version%.orig.tar.xz}
    prefix="$cache/$version-$key"
    rm -rf "$prefix"
    mkdir -p "$work/source" "$prefix"
    tar -xf "$tarball" -C "$work/source" --strip-components=1

    # ThreadSanitizer's shadow memory does not stand the address-space layout of newer
    # kernels, so the interpreter that the build itself runs gets a fixed one.
    if [[ $flavour == tsan ]]; then
        runner=(setarch "$(uname -m)" --addr-no-randomize
            env TSAN_OPTIONS="report_bugs=0:exitcode=0")
    fi
    say "building CPython $version ($flavour); two to ten minutes, log in $prefix/build.log"
    if ! (cd "$work/source" &&
        "${runner[@]}" ./configure -q --prefix="$prefix" "${configure_options[@]}" &&
        "${runner[@]}" make -s -j2 install) >"$prefix/build.log" 2>&1; then
        tail -n 30 "$prefix/build.log" >&2
        die "the build failed; whole log: $prefix/build.log"
    fi
    if [[ $flavour == tsan ]]; then # known, benign reports; see the file's own comments
        cp "$work"/source/Tools/tsan/suppressions_free_threading.txt "$prefix"/ || true
    else
        is_free_threaded "$prefix/bin/python${series}t" || die "the build has a GIL"
    fi
    touch "$prefix/.complete"
}

flavour=plain
may_build=yes
for option in "$@"; do
    case $option in
        --tsan) flavour=tsan ;;
        --cached) may_build=no ;;
        *) die "usage: free_threaded_python.sh [--tsan] [--cached]" ;;
    esac
done
configure_options=(--disable-gil --disable-test-modules)
[[ $flavour == tsan ]] && configure_options+=(--with-thread-sanitizer)
key="$(uname -m)-$(printf '%s ' "${configure_options[@]}" | cksum | cut -d' ' -f1)"

find_provided && exit
find_cached && exit
[[ $may_build == yes ]] || exit 1
mkdir -p "$cache"
exec 9>"$cache/.lock"
flock 9 # a second caller waits here and then finds the first one's build
find_cached || { build && find_cached; }
