#include "adapters/postgres/postgres_database.hpp"

#include <set>
#include <utility>

#include "adapters/postgres/postgres_migrations.hpp"
#include "adapters/postgres/postgres_pool.hpp"
#include "adapters/postgres/postgres_transaction.hpp"
#include "ports/closure_guard.hpp"

namespace engram::postgres {
namespace {

constexpr int kRunsMax = 20;

int month_of(base::Time at) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

class PostgresDatabase final : public ports::Database {
public:
    PostgresDatabase(const PostgresOptions& options, const ports::Clock& clock) : pool_(options, clock) {}

    void read(const ports::Owner& owner, const ports::Body& body) override { run(Mode::kRead, owner, body); }
    void write(const ports::Owner& owner, const ports::Body& body) override { run(Mode::kWrite, owner, body); }

    void migrate(std::span<const ports::Migration> migrations) override {
        apply_migrations(pool_.options(), migrations);
    }

    std::vector<ports::AppliedStep> applied_steps() override { return postgres::applied_steps(pool_.options()); }
    std::vector<ports::Table> tables() override { return postgres::tables(pool_.options()); }

    void ensure_partition(std::string_view table, base::Time at) override;

private:
    void run(Mode mode, const ports::Owner& owner, const ports::Body& body);
    bool run_once(Mode mode, const ports::Owner& owner, const ports::Body& body, int runs);

    Pool pool_;
    std::mutex mutex_;
    std::set<std::pair<std::string, int>> partitions_;  // known to exist: table and month
};

void PostgresDatabase::run(Mode mode, const ports::Owner& owner, const ports::Body& body) {
    const ports::Body guarded = ports::ClosureGuard::guarded(this, body);
    for (int runs = 1; !run_once(mode, owner, guarded, runs); ++runs) {
    }
}

// False where it is to be run again: the server ended it for the sake of another transaction, or the connection had
// died while nobody used it.
bool PostgresDatabase::run_once(Mode mode, const ports::Owner& owner, const ports::Body& body, int runs) {
    Pool::Loan loan(pool_);
    Connection& connection = loan.connection();
    PostgresTransaction transaction(connection, mode, owner);
    try {
        body(transaction);
        transaction.require_intact();
        transaction.commit();
        loan.finished();
        return true;
    } catch (const base::Error&) {
        const bool was_dead = connection.is_broken() && loan.was_idle() && transaction.has_done_nothing();
        if ((connection.may_be_run_again() || was_dead) && runs < kRunsMax) return false;
        throw;
    }
}

void PostgresDatabase::ensure_partition(std::string_view table, base::Time at) {
    const int month = month_of(at);
    {
        const std::lock_guard lock(mutex_);
        if (partitions_.contains({std::string(table), month})) return;
    }
    write({}, [&](ports::Transaction& tx) {
        tx.run("SELECT create_monthly_partition($1, CAST(CAST($2 AS timestamptz) AT TIME ZONE 'UTC' AS date))",
               {table, at});
    });
    const std::lock_guard lock(mutex_);
    partitions_.emplace(table, month);
}

}  // namespace

std::unique_ptr<ports::Database> open_postgres(const PostgresOptions& options, const ports::Clock& clock) {
    return std::make_unique<PostgresDatabase>(options, clock);
}

}  // namespace engram::postgres
