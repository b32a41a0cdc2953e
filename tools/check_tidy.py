#!/usr/bin/env python3
"""The tidy check: lengths, calls that belong to one room, unfinished words, dead headers.

Usage: check_tidy.py [--numbers] [ROOT]     --numbers prints the house's numbers instead

An exception is a line in a table below, with its reason; one that is no longer needed is a complaint too."""
import pathlib
import re
import statistics
import sys
from dataclasses import dataclass, field

import cpp_text

FUNCTION_LINES_MAX = 70
LINE_COLUMNS_MAX = 120
FILE_LINES_MAX = 500

# file -> why it may be longer
ALLOWED_LONG: dict[str, str] = {}
# header that nobody includes -> why it is there
ALLOWED_UNUSED: dict[str, str] = {}

FOLDERS = ("server", "bench", "tests", "tools", "cmake", "docs", "api", "deploy", ".ci")
IGNORED = {"build", "node_modules", "__pycache__", "testdata", "corpus", "results"}
SUFFIXES = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".txt", ".md", ".sql", ".json", ".toml", ".yaml", ".yml", ""}
MEASURED = {".cpp", ".hpp", ".py", ".sh", ".cmake", ".sql"}


@dataclass
class Ban:
    """A call that has its room. `allowed`: front of a path, or end of one where it begins with *, -> reason."""
    name: str
    pattern: re.Pattern
    remedy: str
    allowed: dict[str, str] = field(default_factory=dict)


TESTS = "*_test.cpp"
BANS = (
    Ban("clock",
        re.compile(r"_clock::now\b|\bgettimeofday\(|\bclock_gettime\(|(?<![\w.>])time\((?:nullptr|NULL|0|&\w+)\)"),
        "ask ports::Clock", {
            "server/adapters/system/": "the clock's adapter",
            "server/base/log": "a log line tells when, even before the ports are there",
            "server/http/": "time-outs of connections are the event loop's own",
            "bench/": "measures",
            "tests/": "deadlines of tests with real processes",
            TESTS: "deadlines of tests",
        }),
    Ban("randomness", re.compile(r"\brandom_device\b|\bmt19937|\brandombytes|\bs?rand\(|\bgetrandom\("),
        "ask ports::Random", {
            "server/adapters/system/": "the generator's adapter",
            "server/base/crypto": "reads the kernel's generator for that adapter",
            "server/testing/": "seeded fakes",
            "server/adapters/sqlite/fault_vfs": "seeded power cuts; tests alone link it",
            "server/ports/conformance/": "seeded property tests",
            "bench/": "seeded workloads",
            "tests/": "seeded faults",
            TESTS: "seeded property tests",
        }),
    Ban("environment", re.compile(r"\b(?:secure_)?getenv\(|\b(?:set|unset|put)env\(|\benviron\b"),
        "configuration is app's", {
            "server/app/": "reads the configuration",
            "bench/": "starts a server with its environment",
            "tests/": "starts a server with its environment",
            "server/testing/": "which database the tests run on",
        }),
    Ban("output",
        re.compile(r"\bstd::(?:cout|cerr|clog)\b|(?<![\w.:>])(?:std::)?(?:f|v|vf)?printf\(|\bf?puts\(|\bputchar\("),
        "log with base::log", {
            "server/app/": "the command line",
            "bench/": "prints its table",
            "tests/": "programs of their own",
        }),
    Ban("new/delete", re.compile(r"(?<!operator )\bnew\b\s*(?:\(|[A-Za-z_:])|(?<!operator )(?<!=)(?<!= )\bdelete\b"),
        "std::make_unique", {}),
    Ban("thread", re.compile(r"\bstd::(?:jthread|async)\b|\bstd::thread\b(?!::)|\bpthread_create\("),
        "base::Thread or base::WorkerPool", {
            "server/base/thread": "makes them",
            "bench/": "clients that share nothing with the server",
            "tests/": "programs of their own",
        }),
    Ban("sleep", re.compile(r"\bsleep_(?:for|until)\(|\b(?:u|nano)?sleep\("),
        "wait for the event itself", {
            "server/app/command_import.cpp": "waits for another process",
            "bench/": "waits for another process",
            "tests/": "waits for another process",
        }),
)

UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MACHINE = re.compile(r"(?<![\w.])/(?:wor" r"k|ro" r"ot|hom" r"e/\w+|tmp/bash)\b")
CODE = re.compile(r"""
    ^(?: (?:return|throw|delete)\b.*; | (?:if|for|while|switch)\s*\(.*[{;]
       | \}?\s*else(?:\s*\{|\s+if\s*\(.*|\s.*;)? | [{}]+;?
       | \#\s*(?:include|define|if|endif).* | (?:const|auto|std::|static|int|bool|void|using|template)[\s:<].*[;{]
       | [\w.:>\[\]-]+\(.*\); | [\w.:>*&\[\]\s-]+\s[+-]?=\s.*; | [\w.]+(?:\+\+|--); )$""", re.X)


def is_allowed(path: str, allowed: dict[str, str]) -> bool:
    return any(path.endswith(mark[1:]) if mark[0] == "*" else path.startswith(mark) for mark in allowed)


def check_lengths(path: str, text: str) -> list[str]:
    found = []
    lines = text.splitlines()
    if pathlib.PurePath(path).suffix in MEASURED:
        found += [f"{path}:{number}: line of {len(line)} columns, {LINE_COLUMNS_MAX} at most"
                  for number, line in enumerate(lines, 1) if len(line) > LINE_COLUMNS_MAX]
        if len(lines) > FILE_LINES_MAX and path not in ALLOWED_LONG:
            found.append(f"{path}: {len(lines)} lines, {FILE_LINES_MAX} at most")
    if path.endswith((".cpp", ".hpp")):
        found += [f"{path}:{function.line}: {function.name} has {function.lines} lines, {FUNCTION_LINES_MAX} at most"
                  for function in cpp_text.functions(text) if function.lines > FUNCTION_LINES_MAX]
    return found


def check_bans(path: str, text: str) -> list[str]:
    code = cpp_text.blank(text)
    return [f"{path}:{code.count(chr(10), 0, match.start()) + 1}: {ban.name}: {match.group().strip()!r}: {ban.remedy}"
            for ban in BANS if not is_allowed(path, ban.allowed) for match in ban.pattern.finditer(code)]


def check_comments(path: str, text: str) -> list[str]:
    """Commented-out code. An example in a contract is indented further and stays."""
    return [f"{path}:{line}: commented-out code: {comment.strip()}" for line, comment in cpp_text.comments(text)
            if not comment.startswith("   ") and CODE.match(comment.strip())]


def check_words(path: str, text: str) -> list[str]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if match := UNFINISHED.search(line):
            found.append(f"{path}:{number}: {match.group()}: finish it or open an issue")
        if match := MACHINE.search(line):
            found.append(f"{path}:{number}: {match.group()}: a path of one machine")
    return found


def check_file(path: str, text: str) -> list[str]:
    found = check_lengths(path, text) + check_words(path, text)
    if path.endswith((".cpp", ".hpp")):
        found += check_bans(path, text) + check_comments(path, text)
    return found


def check_unused(files: dict[str, str]) -> list[str]:
    """Headers below server/ that no file includes."""
    included = {header for text in files.values() for header in re.findall(r'^\s*#\s*include\s+"([^"]+)"', text, re.M)}
    unused = {path for path in files if path.startswith("server/") and path.endswith(".hpp")
              and path.removeprefix("server/") not in included}
    return [f"{path}: no file includes it" for path in sorted(unused - set(ALLOWED_UNUSED))] + [
        f"good: remove {path} from ALLOWED_UNUSED" for path in sorted(set(ALLOWED_UNUSED) - unused)]


def check_exceptions(files: dict[str, str]) -> list[str]:
    return [f"good: remove {path} from ALLOWED_LONG" for path in ALLOWED_LONG
            if len(files.get(path, "").splitlines()) <= FILE_LINES_MAX]


def read_files(root: pathlib.Path) -> dict[str, str]:
    """path from the root -> text of everything that is ours."""
    found = [file for folder in FOLDERS for file in (root / folder).rglob("*")] + list(root.glob("*"))
    files = {}
    for file in sorted(found):
        path = file.relative_to(root)
        if file.is_file() and file.suffix in SUFFIXES and not IGNORED & set(path.parts):
            files[path.as_posix()] = file.read_text(errors="replace")
    return files


def check(root: pathlib.Path) -> list[str]:
    files = read_files(root)
    found = [complaint for path, text in files.items() for complaint in check_file(path, text)]
    return found + check_unused(files) + check_exceptions(files)


def summary(name: str, values: list[int]) -> str:
    ordered = sorted(values) or [0]
    high = ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)]
    return f"| {name} | {len(values)} | {sum(values)} | {statistics.median(ordered):.0f} | {high} | {ordered[-1]} |"


def numbers(root: pathlib.Path) -> str:
    """The house's numbers as a table, and its longest file and functions."""
    cpp = {path: text for path, text in read_files(root).items() if path.endswith((".cpp", ".hpp"))}
    product = {path: text for path, text in cpp.items()
               if path.startswith("server/") and not path.endswith(("_test.cpp", "_fuzz.cpp"))}
    tests = {path: text for path, text in cpp.items() if path not in product and not path.startswith("bench/")}
    functions = sorted(((function.lines, f"{path}:{function.line} {function.name}") for path, text in product.items()
                        for function in cpp_text.functions(text)), reverse=True)
    rows = ["| | count | lines | median | p90 | max |", "|---|---:|---:|---:|---:|---:|"]
    for suffix in (".cpp", ".hpp"):
        rows.append(summary(f"{suffix} files", [len(t.splitlines()) for p, t in product.items() if p.endswith(suffix)]))
    rows.append(summary("functions", [lines for lines, _ in functions]))
    rows.append(summary("test files", [len(text.splitlines()) for text in tests.values()]))
    rows += ["", "longest functions:"] + [f"  {lines:3} {name}" for lines, name in functions[:5]]
    files = sorted(((len(text.splitlines()), path) for path, text in product.items()), reverse=True)
    rows += ["longest files:"] + [f"  {lines:3} {path}" for lines, path in files[:5]]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    places = [argument for argument in arguments if not argument.startswith("--")]
    root = pathlib.Path(places[0] if places else pathlib.Path(__file__).parent.parent).resolve()
    if "--numbers" in arguments:
        print(numbers(root))
        return 0
    found = check(root)
    print("\n".join(found) if found else f"tidy: {len(read_files(root))} files, nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
