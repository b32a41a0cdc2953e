#!/usr/bin/env python3
"""clang-tidy over the files of the release build. Its checks: .clang-tidy.

Usage: lint.py [--changed | FILE...]   --changed: only .cpp files that differ from the main branch (on it: from the last
commit), uncommitted ones included"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"


def git(*arguments: str) -> str:
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


def changed_files() -> set[str]:
    head, base = git("rev-parse", "HEAD"), git("merge-base", "HEAD", "origin/main")
    if not base or base == head:
        base = git("rev-parse", "HEAD~1")
    if not base:
        return set()
    listed = git("diff", "--name-only", base) + "\n" + git("ls-files", "--others", "--exclude-standard")
    return set(listed.split("\n"))


def compiled_files() -> list[str]:
    """The project's own .cpp files that the release build compiles, from the root."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    files = {pathlib.Path(entry["file"]).resolve() for entry in entries}
    return sorted(str(file.relative_to(ROOT)) for file in files
                  if file.is_relative_to(ROOT) and not file.is_relative_to(ROOT / "build"))


def check(file: str) -> tuple[str, int, str]:
    result = subprocess.run(["clang-tidy-19", "--quiet", "-p", str(BUILD), file], cwd=ROOT, capture_output=True,
                            text=True)
    return file, result.returncode, result.stdout


def main(arguments: list[str]) -> int:
    subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    files = compiled_files()
    if "--changed" in arguments:
        files = sorted(set(files) & changed_files())
    elif arguments:
        files = arguments
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for file, code, output in pool.map(check, files):
            if code or output.strip():
                failed += 1
                print(f"{file}:\n{output}", flush=True)
    print(f"lint: {len(files)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
