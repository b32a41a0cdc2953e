#!/bin/sh
# Speed per operation at 1,000 and 10,000 memories, on a server of its own in a temporary folder, and of the queue.
# SAVE=1 keeps the tables in bench/results.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
tools/build.sh release engram engram_bench bench_queue
for count in ${COUNTS:-1000 10000}; do
    build/release/engram_bench --engram build/release/engram --count "$count" > "build/bench-$count.md"
    cat "build/bench-$count.md"
    if [ "${SAVE:-}" = 1 ]; then
        mkdir -p bench/results
        cp "build/bench-$count.md" "bench/results/$(date +%F)-http-$count.md"
    fi
done
build/release/bench_queue > build/bench-queue.md
cat build/bench-queue.md
if [ "${SAVE:-}" = 1 ]; then cp build/bench-queue.md "bench/results/$(date +%F)-queue.md"; fi
