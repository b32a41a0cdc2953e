#include "bench/raw_sqlite.hpp"

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace engram::bench {

namespace {
constexpr std::size_t kRowsBefore = 6'000;
}

void RawSqlite::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void RawSqlite::Finish::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void RawSqlite::demand(bool good) {
    if (!good) {
        throw base::Error(base::Code::kInternal, std::string("raw SQLite: ") + sqlite3_errmsg(database_.get()));
    }
}

void RawSqlite::run(const char* sql) {
    demand(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

RawSqlite::RawSqlite(const std::filesystem::path& folder, Texts& texts, std::size_t batch)
    : texts_(texts), batch_(batch) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open((folder / "raw.db").c_str(), &opened);
    database_.reset(opened);
    demand(code == SQLITE_OK);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE entries (user_id BLOB, id BLOB, created_at INTEGER, revision INTEGER, content TEXT,"
        " PRIMARY KEY (user_id, id)) WITHOUT ROWID");
    sqlite3_stmt* prepared = nullptr;
    sqlite3_prepare_v2(opened, "INSERT INTO entries VALUES (?, ?, ?, ?, ?)", -1, &prepared, nullptr);
    statement_.reset(prepared);
    demand(prepared != nullptr);
    rate(kRowsBefore);
}

void RawSqlite::insert(const std::string& content) {
    ++number_;
    const std::array<std::uint64_t, 2> user{1, 2};
    const std::array<std::uint64_t, 2> id{static_cast<std::uint64_t>(number_), texts_.number(~0ULL)};
    sqlite3_stmt* statement = statement_.get();
    sqlite3_bind_blob(statement, 1, user.data(), sizeof user, SQLITE_TRANSIENT);
    sqlite3_bind_blob(statement, 2, id.data(), sizeof id, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 3, number_);
    sqlite3_bind_int64(statement, 4, number_);
    sqlite3_bind_text(statement, 5, content.data(), static_cast<int>(content.size()), SQLITE_TRANSIENT);
    demand(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_reset(statement);
}

double RawSqlite::rate(std::size_t rows) {
    std::vector<std::string> contents;
    for (std::size_t i = 0; i < rows; ++i) contents.push_back(texts_.memory());
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t row = 0; row < rows; ++row) {
        if (row % batch_ == 0) run("BEGIN IMMEDIATE");
        insert(contents[row]);
        if ((row + 1) % batch_ == 0 || row + 1 == rows) run("COMMIT");
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    return static_cast<double>(rows) / taken.count();
}

}  // namespace engram::bench
