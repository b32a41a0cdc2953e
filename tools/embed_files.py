#!/usr/bin/env python3
"""Writes a .cpp that holds files as text: `std::string_view engram::embedded::<namespace>(std::string_view name)`.

Usage: embed_files.py NAMESPACE OUTPUT FILE...   The name of a file is its last path component."""
import pathlib
import sys

CHUNK = 4096  # below every compiler's limit for one literal


def literal(data: bytes) -> str:
    """The bytes as adjacent C++ string literals."""
    out = []
    for start in range(0, len(data), CHUNK):
        escaped = "".join(f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b'"\\?' else chr(byte)
                          for byte in data[start:start + CHUNK])
        out.append(f'"{escaped}"')
    return "\n        ".join(out) or '""'


def main() -> None:
    namespace, output, files = sys.argv[1], pathlib.Path(sys.argv[2]), [pathlib.Path(f) for f in sys.argv[3:]]
    rows = []
    for file in files:
        data = file.read_bytes()
        rows.append(f'    if (name == "{file.name}") return {{{literal(data)}, {len(data)}}};')
    output.write_text(
        "#include <string_view>\n\nnamespace engram::embedded {\n\n"
        f"std::string_view {namespace}(std::string_view name);\n"
        f"std::string_view {namespace}(std::string_view name) {{\n" + "\n".join(rows) +
        "\n    return {};\n}\n\n}  // namespace engram::embedded\n")


if __name__ == "__main__":
    main()
