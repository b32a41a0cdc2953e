#include "adapters/postgres/postgres_transaction.hpp"

#include <cstdlib>
#include <cstring>

namespace engram::postgres {
namespace {

// Writes of one owner are in line, and so are writes without one (docs/adr/0010).
std::int64_t line_of(const ports::Owner& owner) {
    std::int64_t high = 0, low = 0;
    if (!owner) return 0;
    std::memcpy(&high, owner->bytes.data(), sizeof high);
    std::memcpy(&low, owner->bytes.data() + sizeof high, sizeof low);
    return high ^ low;
}

std::int64_t changed_rows(PGresult* result) {
    if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
    return std::atoll(PQcmdTuples(result));
}

}  // namespace

PostgresTransaction::PostgresTransaction(Connection& connection, Mode mode, const ports::Owner& owner)
    : connection_(connection), mode_(mode), owner_(owner) {
    connection_.set_writing(mode == Mode::kWrite);
}

// The lock is waited for before the snapshot of the statement after it is taken.
void PostgresTransaction::begin() {
    if (begun_) return;
    const ports::Param who = ports::nullable(owner_);
    if (mode_ == Mode::kWrite) {
        const auto sql = std::string_view("SELECT set_current_user_id($1), pg_advisory_xact_lock($2)");
        const Statement& statement = connection_.prepare(sql);
        connection_.queue(kBegin);
        connection_.queue(statement, std::array{who, ports::Param(line_of(owner_))}, sql);
    } else {
        const auto sql = std::string_view("SELECT set_current_user_id($1)");
        const Statement& statement = connection_.prepare(sql);
        connection_.queue(kBeginRead);
        if (owner_) connection_.queue(statement, std::array{who}, sql);
    }
    begun_ = true;
}

void PostgresTransaction::queue(std::string_view sql, std::span<const ports::Param> params) {
    const Statement& statement = connection_.prepare(sql);
    begin();
    connection_.queue(statement, params, sql);
}

std::int64_t PostgresTransaction::run(std::string_view sql, std::span<const ports::Param> params,
                                      const ports::OnRow& on_row) {
    require_intact();
    failed_ = true;  // until the statement has come to its end
    queue(sql, params);
    const Result result = connection_.exchange();
    answered_ = true;
    failed_ = false;
    const int rows = PQntuples(result.get());
    for (int row = 0; on_row && row < rows; ++row) on_row(PostgresRow(result.get(), row));
    return changed_rows(result.get());
}

void PostgresTransaction::run_each(std::string_view sql, std::span<const std::vector<ports::Param>> params,
                                   const ports::OnRow& on_row) {
    require_intact();
    if (params.empty()) return;
    failed_ = true;
    for (const std::vector<ports::Param>& one : params) queue(sql, one);
    const std::vector<Result> results = connection_.exchange_all(params.size());
    answered_ = true;
    failed_ = false;
    for (const Result& result : results)
        for (int row = 0; on_row && row < PQntuples(result.get()); ++row) on_row(PostgresRow(result.get(), row));
}

void PostgresTransaction::send(std::string_view sql, std::span<const ports::Param> params) {
    require_intact();
    failed_ = true;
    queue(sql, params);
    failed_ = false;
}

void PostgresTransaction::see_rows_of(const base::Uuid& owner) {
    send("SELECT set_current_user_id($1)", std::array{ports::Param(owner)});
}

void PostgresTransaction::require_intact() const {
    if (failed_)
        throw base::Error(base::Code::kInternal, "The database refused a statement.",
                          "a statement failed before in this transaction, and its error was not passed on");
}

void PostgresTransaction::commit() {
    if (!begun_) return;
    answered_ = true;
    connection_.queue(kCommit);
    if (mode_ == Mode::kRead) return connection_.send_only();
    const Result result = connection_.exchange();
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw base::Error(base::Code::kInternal, "The database refused a statement.",
                          "the transaction was rolled back instead of committed");
}

}  // namespace engram::postgres
