#!/bin/sh
# How well questions find the memories that answer them, by words, by meaning and by both: on the notes of
# bench/data (persona.json, and orla.json, which nothing is tuned on), without and with the multilingual pack, on the
# conversations of LOCOMO=FILE (see bench/quality.hpp), and on accounts that have both. SAVE=1 keeps the tables in
# bench/results.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${LOCOMO:-}" ] && [ ! -r "$LOCOMO" ]; then
    echo "bench_quality: LOCOMO names '$LOCOMO', which cannot be read" >&2
    exit 1
fi
tools/setup.sh
tools/add_models.sh multilingual build/test-models
tools/build.sh release bench_quality
notes=bench/data/persona.json
measure() {
    printf '# %s%s\n\n' "$1" "${options:+, with the multilingual pack}"
    shift
    # shellcheck disable=SC2086
    build/release/bench_quality $options "$@"
    echo
}
for options in "" "--multilingual"; do
    measure "$(basename "$notes")" "$notes"
    measure orla.json bench/data/orla.json
    [ -n "${LOCOMO:-}" ] || continue
    measure "$(basename "$LOCOMO")" "$LOCOMO"
    measure "Both in one account" "$LOCOMO" --notes "$notes"
done >build/bench-quality.md
cat build/bench-quality.md
if [ "${SAVE:-}" = 1 ]; then cp build/bench-quality.md "bench/results/$(date +%F)-quality.md"; fi
