// One connection in pipeline mode: commands are queued, and sent and answered together. Internal.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/postgres/postgres_database.hpp"
#include "adapters/postgres/postgres_values.hpp"
#include "base/error.hpp"

namespace engram::postgres {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

// A prepared statement of a connection.
struct Statement {
    std::string name;
    std::vector<Oid> types;  // of its parameters
};

// What begins or ends a transaction. Prepared when connecting: parsed each time, BEGIN and COMMIT cost a reader a third
// of its wait.
struct Bracket {
    const char *name, *sql;
};
inline constexpr Bracket kBegin{"begin", "BEGIN"}, kCommit{"commit", "COMMIT"}, kRollback{"rollback", "ROLLBACK"},
    kBeginRead{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};

enum class Role { kOwner, kApplication };

// Connects and sees that what is committed will be durable. Throws kUnavailable where there is no server, kForbidden
// where it lets nobody in, kInternal where it is too old or not durable.
std::unique_ptr<PGconn, CloseConnection> connect(const PostgresOptions& options, Role role);

// Used by one thread at a time; which one may change.
class Connection {
public:
    // Throws as connect(); as the application.
    explicit Connection(const PostgresOptions& options);

    // The statement of this text, prepared once. What is queued is exchanged where it is not prepared yet.
    const Statement& prepare(std::string_view sql);

    void queue(const Statement& statement, std::span<const ports::Param> params, std::string_view sql);
    void queue(const Bracket& bracket);

    // Sends what is queued, waits, and gives the result of the last command, or those of the last so many. Throws the
    // first error of them.
    Result exchange();
    std::vector<Result> exchange_all(std::size_t last);

    // Sends what is queued and leaves its results to the next exchange: for a COMMIT that nothing depends on.
    void send_only();

    void set_writing(bool writing) { writing_ = writing; }
    bool in_transaction() const;  // as far as is known since the last exchange
    bool is_broken() const { return broken_; }
    bool may_be_run_again() const { return may_be_run_again_; }  // the last error was one of those

    // Ends the transaction that may be open; a connection that cannot is broken.
    void roll_back() noexcept;

private:
    void require_sent(int sent);
    [[noreturn]] void break_off();
    void read_result(std::size_t& command, std::vector<Result>& results, std::optional<base::Error>& first);
    void take_error(const PGresult* result, std::string_view sql, std::optional<base::Error>& first);

    std::unique_ptr<PGconn, CloseConnection> connection_;
    std::unordered_map<std::string_view, Statement> statements_;  // keys outlive the program's statements
    std::vector<std::string_view> queued_;                        // texts of the commands without results yet
    Parameters parameters_;
    int syncs_ = 0;  // ends of exchanges that are still to be read
    bool writing_ = false, broken_ = false, may_be_run_again_ = false;
};

}  // namespace engram::postgres
