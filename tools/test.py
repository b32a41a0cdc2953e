#!/usr/bin/env python3
"""Runs the checks and tests in order, stops at the first step that fails, and ends with "N passed, N failed".

Usage: test.py [--all] [STEP...]     without steps: all of them (`test.py --list` names them)"""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
JOBS = os.environ.get("JOBS", "2")
# Test programs that start threads: the thread sanitizer runs these; `--all` runs every one.
CONCURRENT = r"^(base|http|search|adapters_(sqlite|postgres|queue|disk|onnx)|jobs|gateway|memory|app)_test$"
FUZZ_SECONDS = 60


def ctest(preset: str, *more: str) -> list[str]:
    return ["ctest", "--test-dir", f"build/{preset}", "--output-on-failure", "-j", JOBS, *more]


def test_programs(preset: str, pattern: str) -> list[str]:
    """The test programs of a configured build whose names match."""
    listed = subprocess.run(["ninja", "-C", f"build/{preset}", "-t", "targets", "all"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    names = (line.split(":")[0] for line in listed.splitlines() if line.endswith(": phony"))
    return sorted({name for name in names if re.search(pattern, name) and not name.startswith("cmake_")})


def build_concurrent() -> list[str]:
    subprocess.run(["cmake", "--preset", "tsan"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return ["tools/build.sh", "tsan", *test_programs("tsan", CONCURRENT)]


def fuzz_commands() -> list[str]:
    subprocess.run(["tools/build.sh", "fuzz"], cwd=ROOT, check=True)
    targets = " ".join(test_programs("fuzz", r"_fuzz$"))
    return ["sh", "-ec", f"for t in {targets}; do mkdir -p build/corpus/$t; f=$(find build/fuzz -name $t -type f); "
            f"seeds=$(find server -type d -name ${{t%_fuzz}}_corpus); "
            f"$f -max_total_time={FUZZ_SECONDS} build/corpus/$t $seeds; done"]


def steps(everything: bool) -> list[tuple[str, object]]:
    """(name, command or a function that prepares and gives it), cheapest first."""
    common = [
        ("set-up", ["tools/setup.sh"]),
        ("models for tests", ["tools/add_models.sh", "multilingual", "build/test-models"]),
        ("floor plan", ["tools/check_rooms.py"]),
        ("tidy", ["tools/check_tidy.py"]),
        ("tools' own tests", [sys.executable, "-m", "unittest", "discover", "-s", "tools", "-p", "*_test.py"]),
        ("format", ["tools/format.sh", "--check"]),
        ("release build", ["tools/build.sh", "release"]),
        ("release tests", ctest("release")),
        ("lint of what changed", ["tools/lint.py", "--changed"]),
        ("asan+ubsan build", ["tools/build.sh", "asan"]),
        ("asan+ubsan tests", ctest("asan")),
    ]
    if everything:
        return common + [("tsan build", ["tools/build.sh", "tsan"]), ("tsan tests", ctest("tsan")),
                         ("lint", ["tools/lint.py"]), ("fuzz", fuzz_commands)]
    return common + [("tsan build", build_concurrent), ("tsan tests", ctest("tsan", "-R", CONCURRENT))]


def run(command: list[str]) -> tuple[int, str]:
    """Runs a command, shows its output as it comes, and gives its exit code and the output."""
    shown = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace") as process:
        for line in process.stdout:
            shown.append(line)
            print(line, end="", flush=True)
    return process.returncode, "".join(shown)


def count(output: str, ok: bool) -> tuple[int, int]:
    """(passed, failed) as told by ctest or unittest; a step that counts nothing is one check."""
    told = re.search(r"tests passed, (\d+) tests? failed out of (\d+)", output)
    if told:
        return int(told[2]) - int(told[1]), int(told[1])
    told = re.search(r"^Ran (\d+) tests?", output, re.M)
    if told and ok:
        return int(told[1]), 0
    return (1, 0) if ok else (0, 1)


def run_step(name: str, command: object) -> tuple[bool, int, int]:
    print(f"== {name}", flush=True)
    begun = time.monotonic()
    try:
        code, output = run(command() if callable(command) else command)
    except (OSError, subprocess.CalledProcessError) as error:
        code, output = 1, ""
        print(f"{name}: {error}")
    passed, failed = count(output, code == 0)
    print(f"== {name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - begun:.1f} s", flush=True)
    return code == 0, passed, max(failed, int(code != 0))


def main(arguments: list[str]) -> int:
    wanted = [name for name in arguments if not name.startswith("--")]
    plan = [step for step in steps("--all" in arguments) if not wanted or step[0] in wanted]
    if "--list" in arguments:
        print("\n".join(name for name, _ in plan))
        return 0
    passed = failed = 0
    begun = time.monotonic()
    for name, command in plan:
        ok, more_passed, more_failed = run_step(name, command)
        passed, failed = passed + more_passed, failed + more_failed
        if not ok:
            print(f"stopped at '{name}'; again alone: tools/test.py '{name}'")
            break
    print(f"{time.monotonic() - begun:.0f} s in all\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
