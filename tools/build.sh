#!/bin/sh
# build.sh PRESET [TARGET...]: configures where that has not been done, and builds.
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"${TMPDIR:-/tmp}/engram-configure.$$" 2>&1 || {
        cat "${TMPDIR:-/tmp}/engram-configure.$$" >&2
        rm -f "${TMPDIR:-/tmp}/engram-configure.$$"
        echo "build: configuring $preset failed" >&2
        exit 1
    }
    rm -f "${TMPDIR:-/tmp}/engram-configure.$$"
fi
exec ninja -C "build/$preset" -j "${JOBS:-2}" "$@"
