#!/bin/sh
# Keyword search in process beside Tantivy, Xapian and SQLite FTS5, on the same texts and queries. LOCOMO=FILE measures
# how good the ranking is too (see bench_quality --help); SAVE=1 keeps it all in bench/results.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${LOCOMO:-}" ] && [ ! -r "$LOCOMO" ]; then
    echo "bench_words: LOCOMO names '$LOCOMO', which cannot be read" >&2
    exit 1
fi
tools/setup.sh
bench/peers/setup.sh
tools/build.sh release bench_search bench_quality
python=build/peers-venv/bin/python
folders=
for count in ${COUNTS:-10000 100000}; do
    folder="build/words/$count"
    folders="$folders $folder"
    rm -rf "$folder"
    build/release/bench_search --count "$count" --write build/words
    for engine in tantivy xapian fts5; do
        echo "$engine with $count texts"
        "$python" bench/peers/words.py measure "$engine" "$folder"
    done
done
# shellcheck disable=SC2086
"$python" bench/peers/words.py table $folders > build/bench-words.md
if [ -n "${LOCOMO:-}" ]; then
    echo >> build/bench-words.md
    build/release/bench_quality "$LOCOMO" >> build/bench-words.md
fi
cat build/bench-words.md
if [ "${SAVE:-}" = 1 ]; then cp build/bench-words.md "bench/results/$(date +%F)-words.md"; fi
