"""The other engines, each in this process, in memory and on one thread, with English stems like engram's.

search() gives what the engine itself calls hits: numbers() turns them into numbers of texts, unmeasured, since objects
of Python would cost more than the search. Only Tantivy has threads of its own, for writing and merging; their CPU
counts."""
import importlib.metadata
import sqlite3
from typing import Any, Protocol

LIMIT = 20


class Engine(Protocol):
    name: str

    def add_all(self, texts: list[str], categories: list[str]) -> None: ...
    def finish_build(self) -> None: ...
    def search(self, query: str, category: str, counted: bool) -> tuple[Any, int]: ...
    def numbers(self, hits: Any) -> list[int]: ...
    def add(self, number: int, text: str, category: str) -> None: ...
    def change(self, number: int, old: str, text: str, category: str) -> None: ...


class Tantivy:
    def __init__(self) -> None:
        import tantivy
        self.api = tantivy
        self.name = f"Tantivy {importlib.metadata.version('tantivy')}"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="words", index_option="freq")
        builder.add_text_field("category", tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("number", indexed=True, fast=True)  # unsigned: the writer dies of Python's numbers
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        filters = tantivy.Filter
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(filters.lowercase())
        self.index.register_tokenizer("words", words.filter(filters.stemmer("english")).build())
        self.writer: Any = None

    def open_writer(self) -> Any:
        # One segment holds 100,000 texts then: what a search likes best.
        return self.index.writer(heap_size=256_000_000, num_threads=1)

    def put(self, number: int, text: str, category: str) -> None:
        self.writer.add_document(self.api.Document(text=text, number=number, category=category))

    def show(self) -> None:
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def add_all(self, texts: list[str], categories: list[str]) -> None:
        self.writer = self.open_writer()
        for number, text in enumerate(texts):
            self.put(number, text, categories[number])
        self.show()

    def finish_build(self) -> None:
        self.writer.wait_merging_threads()
        self.writer = None

    def search(self, query: str, category: str, counted: bool) -> tuple[Any, int]:
        asked = self.index.parse_query(query, ["text"])
        if category:
            query_of, must = self.api.Query, self.api.Occur.Must
            only = query_of.const_score_query(query_of.term_query(self.schema, "category", category), 0.0)
            asked = query_of.boolean_query([(must, asked), (must, only)])
        found = self.searcher.search(asked, LIMIT, count=counted)
        return found, found.count or 0

    def numbers(self, hits: Any) -> list[int]:
        return self.searcher.fast_field_values("number", [address for _, address in hits.hits])

    def add(self, number: int, text: str, category: str) -> None:
        self.writer = self.writer or self.open_writer()
        self.put(number, text, category)
        self.show()

    def change(self, number: int, old: str, text: str, category: str) -> None:
        self.writer.delete_documents("number", number)
        self.add(number, text, category)


class Xapian:
    def __init__(self) -> None:
        import xapian
        self.api = xapian
        self.name = f"Xapian {xapian.version_string()}"
        self.database = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
        self.generator = xapian.TermGenerator()
        self.parser = xapian.QueryParser()
        for user in (self.generator, self.parser):
            user.set_stemmer(xapian.Stem("english"))
            user.set_stemming_strategy(user.STEM_ALL)
        self.parser.set_default_op(xapian.Query.OP_OR)

    def put(self, number: int, text: str, category: str) -> None:
        document = self.api.Document()
        self.generator.set_document(document)
        self.generator.index_text_without_positions(text)
        document.add_boolean_term("XC" + category)
        self.database.replace_document(number + 1, document)

    def add_all(self, texts: list[str], categories: list[str]) -> None:
        for number, text in enumerate(texts):
            self.put(number, text, categories[number])
        self.database.commit()

    def finish_build(self) -> None:
        pass

    def search(self, query: str, category: str, counted: bool) -> tuple[Any, int]:
        asked = self.parser.parse_query(query)
        if category:
            asked = self.api.Query(self.api.Query.OP_FILTER, asked, self.api.Query("XC" + category))
        enquire = self.api.Enquire(self.database)
        enquire.set_weighting_scheme(self.api.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        enquire.set_query(asked)
        found = enquire.get_mset(0, LIMIT, self.database.get_doccount() if counted else LIMIT)
        return found, found.get_matches_estimated()

    def numbers(self, hits: Any) -> list[int]:
        return [hit.docid - 1 for hit in hits]

    def add(self, number: int, text: str, category: str) -> None:
        self.put(number, text, category)
        self.database.commit()

    def change(self, number: int, old: str, text: str, category: str) -> None:
        self.add(number, text, category)


class Fts5:
    """Without content of its own, so that its memory is the index's; the category is in a table beside."""

    def __init__(self) -> None:
        self.name = f"SQLite FTS5 {sqlite3.sqlite_version}"
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='porter unicode61')")
        self.database.execute("CREATE TABLE entries(id INTEGER PRIMARY KEY, category TEXT)")

    def put(self, number: int, text: str, category: str) -> None:
        self.database.execute("INSERT INTO words(rowid, text) VALUES(?, ?)", (number + 1, text))
        self.database.execute("INSERT OR REPLACE INTO entries VALUES(?, ?)", (number + 1, category))

    def add_all(self, texts: list[str], categories: list[str]) -> None:
        self.database.execute("BEGIN")
        for number, text in enumerate(texts):
            self.put(number, text, categories[number])
        self.database.execute("COMMIT")

    def finish_build(self) -> None:
        pass

    def search(self, query: str, category: str, counted: bool) -> tuple[Any, int]:
        values = [" OR ".join(query.split())]
        matching = "FROM words WHERE words MATCH ?"
        if category:
            matching = "FROM words JOIN entries ON id = words.rowid WHERE words MATCH ? AND category = ?"
            values.append(category)
        # Faster than ORDER BY rank.
        best = f"SELECT words.rowid {matching} ORDER BY bm25(words) LIMIT {LIMIT}"
        found = self.database.execute(best, values).fetchall()
        total = self.database.execute(f"SELECT count(*) {matching}", values).fetchone()[0] if counted else 0
        return found, total

    def numbers(self, hits: Any) -> list[int]:
        return [rowid - 1 for rowid, in hits]

    def add(self, number: int, text: str, category: str) -> None:
        self.database.execute("BEGIN")
        self.put(number, text, category)
        self.database.execute("COMMIT")

    def change(self, number: int, old: str, text: str, category: str) -> None:
        self.database.execute("BEGIN")
        self.database.execute("INSERT INTO words(words, rowid, text) VALUES('delete', ?, ?)", (number + 1, old))
        self.put(number, text, category)
        self.database.execute("COMMIT")


ENGINES: dict[str, type] = {"tantivy": Tantivy, "xapian": Xapian, "fts5": Fts5}
