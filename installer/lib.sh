# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What installer/run and installer/test share. Sourced; sets $root.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/build/release"

say() { printf '== %s\n' "$*"; }
die() {
    printf '%s\n' "$@" >&2
    exit 1
}

# missing_packages LIST: the packages of the list that are not installed.
missing_packages() {
    local package
    while read -r package; do
        [[ $package && $package != \#* ]] || continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            printf '%s\n' "$package"
    done <"$root/installer/$1"
}

# has_cmake_package NAME: in lib/cmake, share/cmake or one of an architecture.
has_cmake_package() {
    compgen -G "/usr/*/cmake/$1" >/dev/null || compgen -G "/usr/*/*/cmake/$1" >/dev/null ||
        compgen -G "/usr/local/*/cmake/$1" >/dev/null
}

# at_least WANTED FOUND: versions; nothing found is too old.
at_least() { [[ $2 && $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# The tools and libraries a build needs and that cannot be found here, by any system's name.
missing_by_hand() {
    local name
    for name in g++ cmake ninja pkg-config python3; do
        command -v "$name" >/dev/null || printf '%s ' "$name"
    done
    for name in Qt6Widgets Qt6Svg Qt6PrintSupport sqlite3 libarchive libisal libzstd re2 libpcre2-8 simdjson \
        libxxhash fmt CLI11 md4c hunspell libqpdf yaml-cpp tomlplusplus; do
        pkg-config --exists "$name" 2>/dev/null || printf '%s ' "$name"
    done
    [[ -e /usr/include/boost/version.hpp ]] || printf 'boost '
    has_cmake_package roaring || printf 'roaring '
    has_cmake_package QCustomPlotQt6 || printf 'QCustomPlot for Qt 6 '
    pkg-config --atleast-version=6.4 Qt6Core 2>/dev/null || printf 'Qt 6.4 '
    at_least 3.25 "$(cmake --version 2>/dev/null | sed -n '1s/[^0-9]*//p')" || printf 'CMake 3.25 '
    at_least 12 "$(g++ -dumpfullversion 2>/dev/null)" || printf 'g++ 12 '
}

system_name() {
    # shellcheck disable=SC1091 # the system's own file
    (. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}") ||
        uname -s
}

is_supported() { [[ $1 == "debian 12" || $1 == "ubuntu 24.04" ]]; }

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "Packages are missing, and this user can not become root (there is no sudo)." \
            "As root, run:" "  $*"
    fi
}

# A fresh machine may still be busy with its own updates: they are waited for.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

# Installs what is missing; calls apt only if something is.
install_packages() {
    local system missing
    system=$(system_name)
    if ! is_supported "$system"; then
        missing=$(missing_by_hand)
        [[ -z $missing ]] || die \
            "This is $system; packages are only installed by themselves on Debian 12 and Ubuntu 24.04." \
            "Postlude needs g++ 12, CMake 3.25, Qt 6.4 with SVG, QCustomPlot for Qt 6 and" \
            "the libraries in installer/packages. Not found here: $missing"
        return
    fi
    mapfile -t missing < <(missing_packages packages)
    ((${#missing[@]})) || return 0
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    apt update || say "Some package lists could not be renewed; trying all the same"
    apt install -y --no-install-recommends "${missing[@]}" || die \
        "Not all packages could be installed: ${missing[*]}" \
        "On Ubuntu, the component \"universe\" must be enabled."
}

# The servers whose logs the tests read. Packages of servers start them, now and at every boot:
# neither is wanted here, so services are forbidden while they are installed, and disabled.
install_servers() {
    local missing package policy=/usr/sbin/policy-rc.d own=0
    is_supported "$(system_name)" || return 0
    mapfile -t missing < <(missing_packages packages-test)
    ((${#missing[@]})) || return 0
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        say "Tests with real servers are skipped; they need the packages: ${missing[*]}"
        return 0
    fi
    say "Installing servers for the tests: ${missing[*]}"
    if [[ ! -e $policy ]]; then
        own=1
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
        trap 'exit 130' INT TERM
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
    fi
    apt update || true
    apt install -y --no-install-recommends "${missing[@]}" ||
        say "Not all servers could be installed; their tests are skipped"
    if ((own)); then
        as_root rm -f $policy
        trap - EXIT INT TERM
    fi
    [[ -d /run/systemd/system ]] || return 0
    for package in "${missing[@]}"; do
        as_root systemctl disable --quiet "$package" 2>/dev/null || true
    done
}

# A compiler cache that also works for precompiled headers, in any checkout, without HOME.
use_ccache() {
    export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    if [[ -z ${CCACHE_DIR:-} && ! -w ${HOME:-/nonexistent} ]]; then
        export CCACHE_DIR="$root/build/ccache"
    fi
}

# build_release TARGET...: makes only what has changed. build_preset PRESET TARGET...: the same with another one, in $build.
build_release() { build_preset release "$@"; }
build_preset() {
    local preset=$1 strict=OFF
    shift
    [[ $(system_name) == "debian 12" ]] && strict=ON # other compilers warn of other things
    use_ccache
    mkdir -p "$build"
    (cd "$root" && cmake --preset "$preset" -DPOSTLUDE_WERROR=$strict) >"$build/configure.log" 2>&1 || {
        cat "$build/configure.log" >&2
        die "The build could not be configured."
    }
    cmake --build "$build" -j "$(nproc)" --target "$@"
}
