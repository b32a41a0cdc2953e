"""How good what an engine found is by plain BM25, reckoned anew: the sum of the scores of its hits as a share of the
best sum there is. Which texts were found cannot be compared: most of everyday words share their score with others."""
import heapq
import math
import pathlib
import re
from collections import Counter

from measure import Kind, lines, read_kinds

SATURATION = 1.2  # as Tantivy and FTS5 have it; all texts are of one length, which therefore does not matter
WORD = re.compile(r"\w+")


class Reference:
    """Of the words of some queries over the texts of a folder."""

    def __init__(self, folder: pathlib.Path, kinds: list[Kind], queries_of_kind: int) -> None:
        import xapian
        stemmer = xapian.Stem("english")
        self.stems: dict[str, str] = {}
        self.categories = lines(folder / "categories.txt")
        texts = [WORD.findall(text) for text in lines(folder / "texts.txt")]
        for word in {word for text in texts for word in text}:
            self.stems[word] = stemmer(word).decode()
        asked = {self.stems[word] for kind in kinds for query in kind.queries[:queries_of_kind]
                 for word in query.split()}
        self.postings: dict[str, dict[int, int]] = {stem: {} for stem in asked}
        for number, text in enumerate(texts):
            for stem, count in Counter(self.stems[word] for word in text).items():
                if stem in asked:
                    self.postings[stem][number] = count
        self.count = len(texts)

    def scores(self, query: str, category: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for stem in {self.stems[word] for word in query.split()}:
            found = self.postings[stem]
            weight = math.log(1 + (self.count - len(found) + 0.5) / (len(found) + 0.5))
            for number, frequency in found.items():
                if not category or self.categories[number] == category:
                    gain = weight * frequency * (SATURATION + 1) / (frequency + SATURATION)
                    scores[number] = scores.get(number, 0) + gain
        return scores


def agreements(folder: pathlib.Path, found: dict[str, dict[str, list[list[int]]]]) -> dict[str, list[float]]:
    """Engine -> the share for each of its queries. `found`: engine -> kind -> query -> numbers."""
    kinds = read_kinds(folder)
    reported = min(len(lists) for by_kind in found.values() for lists in by_kind.values())
    reference = Reference(folder, kinds, reported)
    shares: dict[str, list[float]] = {engine: [] for engine in found}
    for kind in kinds:
        for i in range(reported):
            scores = reference.scores(kind.queries[i], kind.category)
            for engine, by_kind in found.items():
                numbers = by_kind[kind.name][i]
                best = sum(heapq.nlargest(20, scores.values()))
                shares[engine].append(sum(scores.get(number, 0) for number in numbers) / best if best else 1.0)
    return shares
