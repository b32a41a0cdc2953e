// What this disk gives at best: rows of a memory's size written straight into SQLite, some to a commit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "bench/texts.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace engram::bench {

// A database with WAL and synchronous=FULL, as the server writes. Used by one thread; `texts` must outlive it.
class RawSqlite {
public:
    // Makes it in `folder`, and writes until its log has been used and begun again: a log that still grows is slower.
    RawSqlite(const std::filesystem::path& folder, Texts& texts, std::size_t batch);

    // Writes `rows` and gives rows per second.
    double rate(std::size_t rows);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Finish {
        void operator()(sqlite3_stmt* statement) const;
    };

    void run(const char* sql);
    void insert(const std::string& content);
    void demand(bool good);

    Texts& texts_;
    std::size_t batch_;
    std::int64_t number_ = 0;
    std::unique_ptr<sqlite3, Close> database_;
    std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

}  // namespace engram::bench
