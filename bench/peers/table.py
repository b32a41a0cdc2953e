"""Joins what the engines have measured into Markdown: one table for each count of texts, one column for each engine."""
import json
import os
import pathlib
import platform
import subprocess
import time
from typing import Any

from agreement import agreements
from engines import ENGINES
from measure import UNCOUNTED

ENGRAM = "engram"
Figures = dict[str, dict[str, Any]]  # name -> what is in its line

NOTES = """\
CPU of the process, all its threads, in ms; in brackets how many times engram's. Queries: any of the words, the best
20, and how many match; p50 / p99 over 300 queries, each the best of three passes (of one, where they take more than
10 s). Made-up texts of 50 words, English stems everywhere, in memory, one thread that asks, each engine in a process
of its own. Everyday words are in 8 to 20 % of the texts each, middling ones in 1 %, rare ones in 0.013 %. The others
are called from Python (about 0.01 ms a query, in their figures); reading which texts Tantivy and Xapian have found is
not in them. FTS5 keeps positions of words, Tantivy and Xapian do not. A text that is added or changed is searched for
at once: each is a commit of its own, and what the engine merges because of it counts."""


def read_figures(file: pathlib.Path) -> tuple[str, Figures]:
    """The engine's name and its figures."""
    figures = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    name = next((figure["name"] for figure in figures if figure["unit"] == "name"), ENGRAM)
    return name, {figure["name"]: figure for figure in figures if figure["unit"] != "name"}


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def cell(figure: dict[str, Any] | None, of_engram: dict[str, Any] | None) -> str:
    if figure is None:
        return "-"
    text = number(figure["value"])
    if figure.get("high") is not None:
        text += " / " + number(figure["high"])
    if of_engram and of_engram is not figure:
        text += f" ({figure['value'] / of_engram['value']:.1f}x)"
    return text


def name_of(figure: dict[str, Any], name: str) -> str:
    matches = figure.get("matches")
    return f"{name}, {figure['unit']}" + (f" ({matches:,.0f} matches)" if matches is not None else "")


def rows(by_engine: dict[str, Figures]) -> list[list[str]]:
    names = list(dict.fromkeys(name for figures in by_engine.values() for name in figures))
    made = []
    for name in sorted(names, key=lambda name: name.startswith(UNCOUNTED)):
        # engram always counts: what others do without a count is set against that.
        of_engram = by_engine[ENGRAM].get(name.removeprefix(UNCOUNTED))
        shown = next(figures[name] for figures in by_engine.values() if name in figures)
        cells = [cell(figures.get(name), of_engram) for figures in by_engine.values()]
        made.append([name_of(shown, name), *cells])
    return made


def matches_row(by_engine: dict[str, Figures]) -> list[str]:
    """Xapian's parser, FTS5's older stemmer and estimates may let other texts match."""
    sums = [sum(figure.get("matches") or 0 for figure in figures.values()) for figures in by_engine.values()]
    return ["matches of all queries, share of engram's"] + [f"{matches / sums[0]:.4f}" for matches in sums]


def agreement_row(folder: pathlib.Path, by_engine: dict[str, Figures]) -> list[str]:
    found = {engine: {name: figure["found"] for name, figure in figures.items() if figure.get("found")}
             for engine, figures in by_engine.items()}
    shares = agreements(folder, found)
    return ["BM25 of the 20 found, share of the best: mean (worst)"] + [
        f"{sum(values) / len(values):.4f} ({min(values):.4f})" for values in shares.values()]


def markdown(cells: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = ["| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |" for row in cells]
    rule = "|" + "|".join("-" * (width + 1) + (":" if i else "-") for i, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def table(folder: pathlib.Path) -> str:
    by_engine = dict(read_figures(folder / f"{engine}.jsonl") for engine in (ENGRAM, *ENGINES))
    made = [["", *by_engine], *rows(by_engine), matches_row(by_engine), agreement_row(folder, by_engine)]
    return f"## {int(folder.name):,} texts\n\n" + markdown(made)


def first_line(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0]


def machine() -> str:
    text = pathlib.Path("/proc/cpuinfo").read_text()
    models = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB"


def report(folders: list[pathlib.Path]) -> str:
    commit = first_line(["git", "describe", "--always", "--dirty"])
    head = (f"# Keyword search beside other engines, {time.strftime('%Y-%m-%d')}\n\n{machine()}; engram {commit}, "
            f"{first_line(['g++', '--version'])}, Python {platform.python_version()}.\n\n{NOTES}")
    return "\n\n".join([head, *(table(folder) for folder in folders)]) + "\n"
