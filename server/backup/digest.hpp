// How many rows a table has and what they come to: equal where two databases hold the same.
#pragma once

#include <map>
#include <string>

#include "backup/format.hpp"
#include "base/crypto.hpp"

namespace engram::backup {

struct TableDigest {
    std::int64_t rows = 0;
    base::Hash sha256{};  // of the sections and lines of its rows
    bool operator==(const TableDigest&) const = default;
};

// By table; one without rows is not named.
using Digests = std::map<std::string, TableDigest>;

class Digester {
public:
    void begin(const Section& section);
    void row(std::string_view line);
    Digests finish();

private:
    struct Running {
        std::int64_t rows = 0;
        base::Sha256 sha256;
    };
    std::map<std::string, Running> tables_;
    Section section_;
    bool in_table_ = false;
};

std::int64_t rows_of(const Digests& digests);

}  // namespace engram::backup
