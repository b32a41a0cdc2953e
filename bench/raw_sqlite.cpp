#include "bench/raw_sqlite.hpp"

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace engram::bench {

namespace {

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

void demand(bool good, sqlite3* database) {
    if (!good) throw base::Error(base::Code::kInternal, std::string("raw SQLite: ") + sqlite3_errmsg(database));
}

void run(sqlite3* database, const char* sql) {
    demand(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, database);
}

Database open(const std::filesystem::path& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(path.c_str(), &opened);
    Database database(opened);
    demand(code == SQLITE_OK, opened);
    run(opened, "PRAGMA journal_mode=WAL");
    run(opened, "PRAGMA synchronous=FULL");
    run(opened,
        "CREATE TABLE entries (user_id BLOB, id BLOB, created_at INTEGER, revision INTEGER, content TEXT,"
        " PRIMARY KEY (user_id, id)) WITHOUT ROWID");
    return database;
}

void insert(sqlite3_stmt* statement, std::int64_t number, const std::string& content, Texts& texts) {
    std::array<std::uint64_t, 2> user{1, 2}, id{static_cast<std::uint64_t>(number), texts.number(~0ULL)};
    sqlite3_bind_blob(statement, 1, user.data(), sizeof user, SQLITE_TRANSIENT);
    sqlite3_bind_blob(statement, 2, id.data(), sizeof id, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 3, number);
    sqlite3_bind_int64(statement, 4, number);
    sqlite3_bind_text(statement, 5, content.data(), static_cast<int>(content.size()), SQLITE_TRANSIENT);
    demand(sqlite3_step(statement) == SQLITE_DONE, sqlite3_db_handle(statement));
    sqlite3_reset(statement);
}

}  // namespace

double raw_sqlite_rate(const std::filesystem::path& folder, Texts& texts, std::size_t rows, std::size_t batch) {
    const auto path = folder / "raw.db";
    std::vector<std::string> contents;
    for (std::size_t i = 0; i < rows; ++i) contents.push_back(texts.memory());
    const Database database = open(path);
    sqlite3_stmt* prepared = nullptr;
    sqlite3_prepare_v2(database.get(), "INSERT INTO entries VALUES (?, ?, ?, ?, ?)", -1, &prepared, nullptr);
    const Statement statement(prepared);
    demand(prepared != nullptr, database.get());
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % batch == 0) run(database.get(), "BEGIN IMMEDIATE");
        insert(prepared, static_cast<std::int64_t>(row), contents[row], texts);
        if ((row + 1) % batch == 0 || row + 1 == rows) run(database.get(), "COMMIT");
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
    return static_cast<double>(rows) / taken.count();
}

}  // namespace engram::bench
