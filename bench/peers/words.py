"""The words bench of other engines; tools/bench_words.sh calls it.

Usage: words.py measure ENGINE FOLDER    FOLDER: as `bench_search --write` makes it, one count of texts
       words.py table FOLDER...          the engines' figures side by side, as Markdown"""
import pathlib
import sys

from engines import ENGINES
from measure import measure
from table import report


def main(arguments: list[str]) -> int:
    match arguments:
        case ["measure", engine, folder] if engine in ENGINES:
            measure(ENGINES[engine](), pathlib.Path(folder), pathlib.Path(folder) / f"{engine}.jsonl")
        case ["table", *folders] if folders:
            print(report([pathlib.Path(folder) for folder in folders]), end="")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
