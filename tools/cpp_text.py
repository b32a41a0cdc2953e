"""Reading C++ without a compiler: blanking of comments and strings, and where functions begin and end.

Made for code that clang-format has laid out; good enough to count lines, not to judge meaning."""
import re
from dataclasses import dataclass

# What has to disappear, longest first; the alternatives are tried in this order.
TOKEN = re.compile(r"""
    (?P<line>//[^\n]*)
  | (?P<block>/\*.*?\*/)
  | (?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<digits>(?<=[0-9A-Fa-f])'(?=[0-9A-Fa-f]))
  | (?P<char>'(?:\\.|[^'\\\n])*')
""", re.S | re.X)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
SPECIFIER = re.compile(r"(?:\b(?:const|noexcept|override|final|mutable|try)|&{1,2}|->[^(){};]*)\s*$")
CONTAINER = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b")

ACCESS = re.compile(r"^\s*(?:public|protected|private)$")


@dataclass
class Function:
    name: str
    line: int  # the first, counted from 1
    lines: int


def blank(text: str) -> str:
    """The same text, comments and what stands in quotes replaced by spaces; line breaks stay."""
    def space(match: re.Match) -> str:
        found = match.group()
        if match.lastgroup in ("string", "char", "raw", "mark"):
            inner = re.sub(r"[^\n]", " ", found[1:-1])
            return f'"{inner}"'
        return re.sub(r"[^\n]", " ", found) if match.lastgroup != "digits" else found
    return TOKEN.sub(space, text)


def comments(text: str) -> list[tuple[int, str]]:
    """(line, text after the slashes) of every // comment."""
    return [(text.count("\n", 0, match.start()) + 1, match.group()[2:])
            for match in TOKEN.finditer(text) if match.lastgroup == "line"]


def opens_function(head: str) -> bool:
    """Whether a brace after `head` (all since the last statement or block) is the body of a function."""
    head = head.rstrip()
    while (shorter := SPECIFIER.sub("", head).rstrip()) != head:
        head = shorter
    return "(" in head and head.endswith((")", "}"))


def function_name(head: str) -> str:
    if match := re.match(r"\s*(TEST(?:_[FP])?\s*\([^)]*\))", head):
        return match.group(1)
    match = re.search(r"([\w:~]+(?:\s*operator\s*\S+)?)\s*\(", head)
    return match.group(1) if match else "?"


def functions(text: str) -> list[Function]:
    """Functions with a body, those of classes included; lambdas and local classes count to what holds them."""
    code = PREPROCESSOR.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), blank(text))
    found, head_start, position = [], 0, 0
    head = ""
    while position < len(code):
        letter = code[position]
        if letter in ";}" or (letter == ":" and ACCESS.search(head)):
            head, head_start = "", position + 1
        elif letter == "{" and opens_function(head):
            end = closing(code, position)
            begin = head_start + len(head) - len(head.lstrip())
            first, last = code.count("\n", 0, begin) + 1, code.count("\n", 0, end) + 1
            found.append(Function(function_name(head), first, last - first + 1))
            head, head_start, position = "", end + 1, end
        elif letter == "{" and CONTAINER.search(head) and not head.rstrip().endswith("="):
            head, head_start = "", position + 1
        elif letter == "{":  # an initialiser: stays part of the head, without its inside
            end = closing(code, position)
            head += " " * (end - position) + "}"
            position = end
        else:
            head += letter
        position += 1
    return found


def closing(code: str, opening: int) -> int:
    """Where the block that opens at `opening` ends."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    return len(code) - 1
