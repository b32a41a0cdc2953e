#!/bin/sh
# What finding by meaning costs: in the index alone, then on a real server with the real model: with COUNT memories
# (10,000 take minutes), and with 100,000 whose vectors are made up. SAVE=1 keeps the tables in bench/results.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
tools/build.sh release engram bench_meaning bench_model
{
    printf '# Finding by meaning\n\n## The index, without the vector of the query\n\n```\n'
    build/release/bench_meaning
    printf '```\n\n## A server\n\n'
    build/release/bench_model --count "${COUNT:-10000}"
    echo
    build/release/bench_model --count "${COUNT:-10000}" --words 53
    echo
    build/release/bench_model --count 100000 --made-up
} >build/bench-model.md
cat build/bench-model.md
if [ "${SAVE:-}" = 1 ]; then cp build/bench-model.md "bench/results/$(date +%F)-model.md"; fi
