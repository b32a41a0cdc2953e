#include "backup/digest.hpp"

namespace engram::backup {

// A section without rows leaves no trace.
void Digester::begin(const Section& section) {
    section_ = section;
    in_table_ = false;
}

void Digester::row(std::string_view line) {
    Running& table = tables_[section_.table];
    if (!in_table_) table.sha256.update(text_of(section_) + "\n");
    in_table_ = true;
    table.sha256.update(line);
    table.sha256.update("\n");
    ++table.rows;
}

Digests Digester::finish() {
    Digests digests;
    for (auto& [name, table] : tables_) digests[name] = {table.rows, table.sha256.finish()};
    return digests;
}

std::int64_t rows_of(const Digests& digests) {
    std::int64_t rows = 0;
    for (const auto& [name, digest] : digests) rows += digest.rows;
    return rows;
}

}  // namespace engram::backup
