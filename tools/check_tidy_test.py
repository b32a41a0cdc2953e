"""Tests of check_tidy.py and cpp_text.py on made-up code."""
import pathlib
import tempfile
import unittest

import check_tidy
import cpp_text

ROOM = "server/modules/memory/memory_service.cpp"


def names(text):
    return [(function.name, function.line, function.lines) for function in cpp_text.functions(text)]


class Functions(unittest.TestCase):
    def test_finds_functions_methods_and_constructors(self):
        text = ("namespace a {\n"
                "class B final : public C {\npublic:\n    B() : x_{1}, y_(2) {}\n"
                "    int get() const override { return x_; }\n};\n"
                "template <class T>\nauto free(T t) -> std::vector<T> {\n    if (t) {\n    }\n    return {};\n}\n"
                "const std::map<int, int> kMap = {{1, f(2)}, {3, 4}};\n"
                "B::B(int x)\n    : x_{x},\n      y_{2} {\n    go();\n}\n}\n")
        self.assertEqual(names(text), [("B", 4, 1), ("get", 5, 1), ("free", 7, 6), ("B::B", 14, 5)])

    def test_is_not_misled_by_quotes_comments_and_macros(self):
        text = ('#define X(a) { \\\n  a }\n'
                'void f() {  // {\n    g("}", \'{\', R"({{{)", 1\'000);\n}\n/* { */\nvoid h() {}\n')
        self.assertEqual(names(text), [("f", 3, 3), ("h", 7, 1)])

    def test_lambdas_count_to_their_function(self):
        self.assertEqual(names("void f() {\n    auto g = [](int x) {\n        return x;\n    };\n}\n"), [("f", 1, 5)])

    def test_attributes_of_types_are_no_functions(self):
        self.assertEqual(names("enum class E { kA };\nstruct S {\n    int x = f(2);\n    std::mutex m{};\n};\n"), [])


class Lengths(unittest.TestCase):
    def test_function_of_70_lines_passes_71_fails(self):
        def body(lines):
            return "void f() {\n" + "    g();\n" * (lines - 2) + "}\n"
        self.assertEqual(check_tidy.check_file(ROOM, body(70)), [])
        self.assertIn("f has 71 lines", check_tidy.check_file(ROOM, body(71))[0])

    def test_line_of_120_columns_passes_121_fails(self):
        self.assertEqual(check_tidy.check_file(ROOM, "//" + "x" * 118 + "\n"), [])
        self.assertIn(":1: line of 121", check_tidy.check_file(ROOM, "//" + "ä" * 119 + "\n")[0])

    def test_file_of_500_lines_passes_501_fails(self):
        self.assertEqual(check_tidy.check_file(ROOM, "\n" * 500), [])
        self.assertIn("501 lines", check_tidy.check_file(ROOM, "\n" * 501)[0])


class Bans(unittest.TestCase):
    def complaints(self, code, path=ROOM):
        return check_tidy.check_bans(path, code + "\n")

    def test_each_ban_bites(self):
        for code in ("auto t = std::chrono::system_clock::now();", "time(nullptr);", "::gettimeofday(&t, 0);",
                     "std::mt19937_64 engine(1);", "std::random_device device;", "int x = rand();",
                     "randombytes_buf(a);", 'getenv("HOME");', 'std::cout << "x";', 'printf("x");', 'std::puts("x");',
                     "auto* p = new Thing(1);", "delete p;", "delete[] p;", "std::thread t(f);",
                     "std::jthread t(f);", "std::async(f);",
                     "std::this_thread::sleep_for(1s);"):
            self.assertTrue(self.complaints(code), code)

    def test_what_only_looks_alike_passes(self):
        for code in ("Thing(const Thing&) = delete;", "row.time(0);", "base::Time time(int column) const;",
                     "std::thread::hardware_concurrency();", "// a new thing; delete it", 'f("new Thing std::cout");',
                     "std::snprintf(buffer, 3, x);", "clock.now();", "operand(1);", "renew(x);", "thread_.join();"):
            self.assertEqual(self.complaints(code), [], code)

    def test_rooms_have_what_is_theirs(self):
        self.assertEqual(self.complaints("system_clock::now();", "server/adapters/system/system_clock.cpp"), [])
        self.assertEqual(self.complaints("std::mt19937 e(1);", "server/base/id_test.cpp"), [])
        self.assertTrue(self.complaints("system_clock::now();", "server/adapters/disk/disk.cpp"))

    def test_names_the_line(self):
        self.assertIn(f"{ROOM}:2: output", check_tidy.check_bans(ROOM, "\nstd::cout << 1;\n")[0])


class Comments(unittest.TestCase):
    def complaints(self, comment):
        return check_tidy.check_comments(ROOM, f"// {comment}\n")

    def test_code_is_found(self):
        for code in ("return x;", "if (x) {", "}", "store.save(memory);", "const auto x = 1;", "x = y + 1;", "i++;",
                     "#include <vector>"):
            self.assertTrue(self.complaints(code), code)

    def test_prose_and_examples_pass(self):
        for prose in ("Returns x; the caller owns it.", "the hash of a token (short);", "else it is NULL, see RFC 9562",
                      "    class Example {", "using the index is faster"):
            self.assertEqual(self.complaints(prose), [], prose)


class Trees(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check_tidy.check(root)

    def test_unfinished_words_and_machine_paths(self):
        found = self.check({"docs/a.md": "TO" + "DO: write\n", "tools/b.py": "x = '/wor" + "k/y'\n",
                            "server/base/testdata/c.txt": "TO" + "DO\n"})
        self.assertEqual(len(found), 2, found)

    def test_dead_headers(self):
        found = self.check({"server/base/a.hpp": "\n", "server/base/b.hpp": "\n",
                            "server/base/b.cpp": '#include "base/b.hpp"\n'})
        self.assertEqual(found, ["server/base/a.hpp: no file includes it"])

    def test_numbers(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "server").mkdir()
            (root / "server/a.cpp").write_text("void f() {\n}\nvoid g() {}\n")
            self.assertIn("| functions | 2 | 3 |", check_tidy.numbers(root))


if __name__ == "__main__":
    unittest.main()
