#!/bin/sh
# Speed per operation at 1,000 and 10,000 memories, on a server of its own in a temporary folder; then of the queue, of
# WebSockets, and of word to open clients. SAVE=1 keeps the tables in bench/results.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
tools/build.sh release engram engram_bench bench_queue bench_web_sockets bench_live

keep() {
    cat "build/bench-$1.md"
    if [ "${SAVE:-}" = 1 ]; then cp "build/bench-$1.md" "bench/results/$(date +%F)-$2.md"; fi
}

# Rows and words; what the model takes beside them is told by bench_model.sh, and would be in every figure here.
export ENGRAM_EMBEDDER=none
for count in ${COUNTS:-1000 10000}; do
    build/release/engram_bench --engram build/release/engram --count "$count" > "build/bench-$count.md"
    keep "$count" "http-$count"
done
for name in queue web_sockets live; do
    "build/release/bench_$name" > "build/bench-$name.md"
    keep "$name" "$(echo "$name" | tr _ -)"
done
