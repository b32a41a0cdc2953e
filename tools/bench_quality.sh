#!/bin/sh
# How well questions find the memories that answer them, by words, by meaning and by both: on the notes of
# bench/data/persona.json, without and with the multilingual pack, and on the conversations of LOCOMO=FILE (see
# bench/quality.hpp). SAVE=1 keeps the tables in bench/results.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${LOCOMO:-}" ] && [ ! -r "$LOCOMO" ]; then
    echo "bench_quality: LOCOMO names '$LOCOMO', which cannot be read" >&2
    exit 1
fi
tools/setup.sh
tools/add_models.sh multilingual build/test-models
tools/build.sh release bench_quality
for options in "" "--multilingual"; do
    for file in bench/data/persona.json "${LOCOMO:-}"; do
        [ -n "$file" ] || continue
        printf '# %s%s\n\n' "$(basename "$file")" "${options:+, with the multilingual pack}"
        # shellcheck disable=SC2086
        build/release/bench_quality $options "$file"
        echo
    done
done >build/bench-quality.md
cat build/bench-quality.md
if [ "${SAVE:-}" = 1 ]; then cp build/bench-quality.md "bench/results/$(date +%F)-quality.md"; fi
