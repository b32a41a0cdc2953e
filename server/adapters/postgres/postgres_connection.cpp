#include "adapters/postgres/postgres_connection.hpp"

#include <array>

#include "adapters/postgres/postgres_error.hpp"

namespace engram::postgres {
namespace {

constexpr std::array kBrackets{kBegin, kBeginRead, kCommit, kRollback};

}  // namespace

Connection::Connection(const PostgresOptions& options) : connection_(connect(options, Role::kApplication)) {
    if (PQenterPipelineMode(connection_.get()) != 1) throw lost(connection_.get());
    for (const Bracket& bracket : kBrackets) {
        require_sent(PQsendPrepare(connection_.get(), bracket.name, bracket.sql, 0, nullptr));
        queued_.emplace_back(bracket.sql);
    }
    exchange();
}

void Connection::break_off() {
    broken_ = true;
    throw lost(connection_.get());
}

void Connection::require_sent(int sent) {
    if (sent != 1) break_off();
}

const Statement& Connection::prepare(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
    Statement statement{"s" + std::to_string(statements_.size()), {}};
    const std::string text(sql);
    require_sent(PQsendPrepare(connection_.get(), statement.name.c_str(), text.c_str(), 0, nullptr));
    queued_.push_back(sql);
    require_sent(PQsendDescribePrepared(connection_.get(), statement.name.c_str()));
    queued_.push_back(sql);
    const Result described = exchange();
    for (int i = 0; i < PQnparams(described.get()); ++i) statement.types.push_back(PQparamtype(described.get(), i));
    return statements_.emplace(sql, std::move(statement)).first->second;
}

void Connection::queue(const Statement& statement, std::span<const ports::Param> params, std::string_view sql) {
    parameters_.assign(params, statement.types, sql);
    require_sent(PQsendQueryPrepared(connection_.get(), statement.name.c_str(), parameters_.count(),
                                     parameters_.values(), parameters_.lengths(), parameters_.formats(), 1));
    queued_.push_back(sql);
}

void Connection::queue(const Bracket& bracket) {
    require_sent(PQsendQueryPrepared(connection_.get(), bracket.name, 0, nullptr, nullptr, nullptr, 1));
    queued_.emplace_back(bracket.sql);
}

void Connection::send_only() {
    require_sent(PQpipelineSync(connection_.get()));
    ++syncs_;
}

void Connection::take_error(const PGresult* result, std::string_view sql, std::optional<base::Error>& first) {
    if (PQstatus(connection_.get()) == CONNECTION_BAD) break_off();
    if (has_stale_plans(result)) broken_ = true;
    if (first) return;
    may_be_run_again_ = postgres::may_be_run_again(result);
    first = to_error(result, sql, writing_);
}

// After the results of a command comes a null, after those of an exchange a mark; a command behind a failed one has a
// result that says no more than that.
void Connection::read_result(std::size_t& command, std::vector<Result>& results, std::optional<base::Error>& first) {
    Result result(PQgetResult(connection_.get()));
    if (!result) {
        if (PQstatus(connection_.get()) == CONNECTION_BAD || command == queued_.size()) break_off();
        ++command;
        return;
    }
    switch (PQresultStatus(result.get())) {
        case PGRES_PIPELINE_SYNC:
            --syncs_;
            break;
        case PGRES_PIPELINE_ABORTED:
            break;
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
            results.push_back(std::move(result));
            break;
        default:
            take_error(result.get(), command < queued_.size() ? queued_[command] : std::string_view(), first);
    }
}

std::vector<Result> Connection::exchange_all(std::size_t last) {
    may_be_run_again_ = false;
    send_only();
    std::vector<Result> results;
    std::optional<base::Error> error;
    std::size_t command = 0;
    while (syncs_ > 0) read_result(command, results, error);
    queued_.clear();
    if (error) throw *error;
    if (results.size() < last) break_off();
    results.erase(results.begin(), results.end() - static_cast<std::ptrdiff_t>(last));
    return results;
}

Result Connection::exchange() { return std::move(exchange_all(1).front()); }

bool Connection::in_transaction() const { return PQtransactionStatus(connection_.get()) != PQTRANS_IDLE; }

void Connection::roll_back() noexcept {
    try {
        queue(kRollback);
        exchange();
    } catch (const base::Error&) {
        broken_ = true;  // it is closed, which ends the transaction as well
    }
}

}  // namespace engram::postgres
