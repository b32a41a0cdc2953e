// A transaction on one connection, as a closure sees it.
#pragma once

#include "adapters/sqlite/sqlite_connection.hpp"

namespace engram::sqlite {

// Runs statements; BEGIN and COMMIT are its maker's. Lives inside one closure.
class SqliteTransaction final : public ports::Transaction {
public:
    explicit SqliteTransaction(Connection& connection) : connection_(connection) {}

    using ports::Transaction::run;
    std::int64_t run(std::string_view sql, std::span<const ports::Param> params, const ports::OnRow& on_row) override;

    // Throws kInternal where a statement failed and the closure went on as if nothing had happened.
    void require_intact() const;

private:
    std::int64_t step_all(const Statement& statement, const ports::OnRow& on_row, std::string_view sql);

    Connection& connection_;
    bool failed_ = false;
};

// Runs `body` on a transaction that is open on `connection`.
void run_body(Connection& connection, const ports::Body& body);

}  // namespace engram::sqlite
