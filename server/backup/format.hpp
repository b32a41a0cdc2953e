// The lines of a backup that are not rows (docs/adr/0011): the header first, before the rows of each table and person
// a section, and the end, by which one knows that it is whole.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/database.hpp"

namespace engram::backup {

constexpr int kFormat = 1;

struct Header {
    std::string made_by;  // the program's version
    base::Time made_at{};
    std::vector<ports::AppliedStep> schema;
    std::vector<ports::Table> tables;
};

struct Section {
    std::string table;
    std::optional<base::Uuid> owner;  // whose rows; nothing: rows that are nobody's own
};

struct End {
    std::int64_t rows = 0;
    std::string sha256;  // of every line before, each with its line feed; hexadecimal
};

std::string text_of(const Header& header);
std::string text_of(const Section& section);
std::string text_of(const End& end);

// Each throws kInvalid, saying what is wrong, kConflict for a format of a newer program.
Header read_header(std::string_view line);

using Mark = std::variant<Section, End>;
Mark read_mark(std::string_view line);

}  // namespace engram::backup
