// One connection and the prepared statements that it keeps.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/sqlite_database.hpp"

namespace engram::sqlite {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct CloseConnection {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

// A prepared statement. SQLite numbers `$n` by first appearance, so `slots` says where $1, $2, ... are bound.
struct Statement {
    StatementHandle handle;
    std::vector<int> slots;
    bool read_only = false;
    bool in_use = false;
};

enum class Access { kWrite, kRead };

// Used by one thread at a time; which one may change.
class Connection {
public:
    // Throws as open_sqlite.
    Connection(const SqliteOptions& options, Access access);

    sqlite3* db() const { return db_.get(); }

    // The statement of this text: kept, and prepared again only while the kept one is in use. Throws kInternal for a
    // text that is not one statement, or whose parameters are not $1, $2, ... without a gap.
    std::shared_ptr<Statement> prepare(std::string_view sql);

    // Runs statements without parameters or results.
    void execute(const char* sql);

    // The first column of the first row, as text.
    std::string query_text(const char* sql);

    bool in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }

    // BEGIN, COMMIT and the like, which every transaction runs: prepared once, by the address of the text.
    void keep(const char* literal);
    void step_kept(const char* literal);

    // Ends the transaction that may be open. It is prepared with the connection, so that want of memory does not hinder
    // it; should it fail nevertheless, in_transaction() stays true.
    void roll_back() noexcept;

private:
    void configure(const SqliteOptions& options, Access access);
    Statement make_statement(std::string_view sql) const;

    std::unique_ptr<sqlite3, CloseConnection> db_;
    std::unordered_map<std::string_view, std::shared_ptr<Statement>> statements_;  // keys point into SQLite's copies
    std::unordered_map<const char*, StatementHandle> kept_;
    StatementHandle rollback_;
};

}  // namespace engram::sqlite
