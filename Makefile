# The one door to everything a developer does. Each target is one line into tools/.
JOBS ?= 2
export JOBS

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all bench bench-model bench-quality bench-words lint format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what the build needs (Debian packages; nothing to do: under 2 s)
	@tools/setup.sh

run: ## build and serve on http://127.0.0.1:8080, data in ./engram-data
	@tools/run.sh

test: ## every check, release + address sanitizer tests, thread sanitizer on what is concurrent
	@tools/test.py

test-all: ## everything under every sanitizer, and the fuzz targets for a while
	@tools/test.py --all

bench: ## speed per operation at 1k and 10k memories (SAVE=1 keeps it in bench/results)
	@tools/bench.sh

bench-model: ## what finding by meaning costs, with the real model (SAVE=1 as above)
	@tools/bench_model.sh

bench-quality: ## how well questions find their answers (LOCOMO=FILE: on these conversations too)
	@tools/bench_quality.sh

bench-words: ## keyword search beside Tantivy, Xapian and FTS5 (LOCOMO=FILE: quality too)
	@tools/bench_words.sh

lint: ## clang-tidy over every file (FILES="a.cpp b.cpp": these alone)
	@tools/lint.py $(FILES)

format: ## clang-format over every file
	@tools/format.sh

clean: ## remove build/ but the models in it, which were downloaded
	if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name models ! -name test-models -exec rm -rf {} +; fi
