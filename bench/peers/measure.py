"""Measures one engine on a folder that `bench_search --write` has made: the same steps and figures as bench_search."""
import ctypes
import gc
import json
import pathlib
import resource
import time
from dataclasses import asdict, dataclass, field

from engines import Engine

PASSES = 3
PASS_SECONDS_MAX = 10  # of a kind's passes; those of slower engines are not repeated
SHOWN = 20  # queries of a kind whose finds are reported
UNCOUNTED = "without a count: "


@dataclass
class Figure:
    name: str
    unit: str
    value: float
    high: float | None = None
    matches: float | None = None
    found: list[list[int]] = field(default_factory=list)


@dataclass
class Kind:
    name: str
    category: str
    queries: list[str]


def lines(file: pathlib.Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")[:-1]


def read_kinds(folder: pathlib.Path) -> list[Kind]:
    named = [line.split("\t") for line in lines(folder / "kinds.tsv")]
    return [Kind(name, category, lines(folder / file)) for file, name, category in named]


def resident_mb() -> float:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def build(engine: Engine, texts: list[str], categories: list[str]) -> list[Figure]:
    before = resident_mb()
    begun = time.process_time()
    engine.add_all(texts, categories)
    engine.finish_build()
    spent = time.process_time() - begun
    return [Figure("build", "ms", spent * 1e3),
            Figure("resident memory of the index", "MB", resident_mb() - before)]


def measure_queries(engine: Engine, kind: Kind, counted: bool) -> Figure:
    best = [float("inf")] * len(kind.queries)
    found: list[list[int]] = []
    matches = 0
    spent = 0.0
    passes = 0
    while passes < PASSES and spent < PASS_SECONDS_MAX:
        for i, query in enumerate(kind.queries):
            begun = time.process_time()
            hits, total = engine.search(query, kind.category, counted)
            taken = time.process_time() - begun
            best[i] = min(best[i], taken)
            spent += taken
            matches += total
            if passes == 0 and i < SHOWN:
                found.append(engine.numbers(hits))
        passes += 1
    best.sort()
    count = len(best)
    figure = Figure(kind.name, "ms", best[count // 2] * 1e3, best[count * 99 // 100] * 1e3)
    if not counted:
        return Figure(UNCOUNTED + figure.name, figure.unit, figure.value, figure.high)
    figure.matches = matches / passes / count
    figure.found = found
    return figure


def measure_changes(engine: Engine, name: str, file: pathlib.Path, texts: list[str], categories: list[str]) -> Figure:
    """Each is put and searched for at once; a number beyond the texts is a new text's."""
    times = []
    for line in lines(file):
        digits, query, text = line.split("\t")
        number = int(digits)
        begun = time.process_time()
        if number == len(texts):
            engine.add(number, text, categories[number])
        else:
            engine.change(number, texts[number], text, categories[number])
        hits, _ = engine.search(query, "", True)
        times.append(time.process_time() - begun)
        texts[number:number + 1] = [text]
        if engine.numbers(hits) != [number]:
            raise SystemExit(f"{engine.name} has not found a text at once by '{query}'.")
    mean = sum(times) / len(times)
    return Figure(name, "ms", mean * 1e3, sorted(times)[len(times) * 99 // 100] * 1e3)


def measure(engine: Engine, folder: pathlib.Path, to: pathlib.Path) -> None:
    texts, categories = lines(folder / "texts.txt"), lines(folder / "categories.txt")
    kinds = read_kinds(folder)
    figures = [Figure(engine.name, "name", 0), *build(engine, texts, categories)]
    figures += [measure_queries(engine, kind, counted) for counted in (True, False) for kind in kinds]
    for name in ("added", "changed"):
        title = f"one text {name} and found, mean / p99"
        figures.append(measure_changes(engine, title, folder / f"{name}.tsv", texts, categories))
    to.write_text("".join(json.dumps(asdict(figure)) + "\n" for figure in figures), encoding="utf-8")
