// One transaction on a connection: it begins with its first statement, in the same exchange. Internal.
#pragma once

#include "adapters/postgres/postgres_connection.hpp"

namespace engram::postgres {

enum class Mode { kRead, kWrite };

class PostgresTransaction final : public ports::Transaction {
public:
    PostgresTransaction(Connection& connection, Mode mode, const ports::Owner& owner);

    std::int64_t run(std::string_view sql, std::span<const ports::Param> params, const ports::OnRow& on_row) override;
    void run_each(std::string_view sql, std::span<const std::vector<ports::Param>> params,
                  const ports::OnRow& on_row) override;
    void send(std::string_view sql, std::span<const ports::Param> params) override;
    void see_rows_of(const base::Uuid& owner) override;

    // Throws kInternal where a statement failed and its error was swallowed.
    void require_intact() const;

    // Of a write: returns when it is durable. Of a read: without waiting.
    void commit();

    // Nothing has been answered yet, and no COMMIT is on its way: the connection may have been dead from the start.
    bool has_done_nothing() const { return !answered_; }

private:
    void begin();
    void queue(std::string_view sql, std::span<const ports::Param> params);

    Connection& connection_;
    Mode mode_;
    const ports::Owner& owner_;
    bool begun_ = false, answered_ = false, failed_ = false;
};

}  // namespace engram::postgres
