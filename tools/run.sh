#!/bin/sh
# Builds the release and serves: http://127.0.0.1:8080, data in ./engram-data. Further arguments go to `engram serve`.
set -eu
cd "$(dirname "$0")/.."
tools/setup.sh
tools/build.sh release engram
exec build/release/engram serve --port "${PORT:-8080}" --data "${DATA:-engram-data}" "$@"
