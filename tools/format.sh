#!/bin/sh
# Formats every C++ file; with --check says which are not, and changes nothing.
set -eu
cd "$(dirname "$0")/.."
files() { find server bench tests \( -name '*.cpp' -o -name '*.hpp' \) -print0; }
if [ "${1:-}" = "--check" ]; then
    files | xargs -0 -r -P "${JOBS:-2}" -n 20 clang-format-19 --dry-run --Werror ||
        { echo "format: run 'make format'" >&2; exit 1; }
else
    files | xargs -0 -r -P "${JOBS:-2}" -n 20 clang-format-19 -i
fi
