#include "adapters/sqlite/sqlite_readers.hpp"

#include "adapters/sqlite/sqlite_transaction.hpp"

namespace engram::sqlite {
namespace {

constexpr char kBegin[] = "BEGIN";

}  // namespace

// A connection that comes back to the pool, without a transaction, whatever happens.
class Readers::Loan {
public:
    explicit Loan(Readers& readers) : readers_(readers), connection_(readers.take()) {}
    ~Loan() {
        connection_->roll_back();
        // One that keeps its snapshot would hold the WAL for ever: closed, another is opened for it.
        if (connection_->in_transaction()) connection_.reset();
        readers_.give_back(std::move(connection_));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Connection& connection() { return *connection_; }

private:
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
};

// Room for all of them, so that giving one back needs no memory.
Readers::Readers(SqliteOptions options) : options_(std::move(options)) { idle_.reserve(options_.readers_max); }

void Readers::read(const ports::Body& body) {
    Loan loan(*this);
    loan.connection().step_kept(kBegin);
    run_body(loan.connection(), body);
}

std::unique_ptr<Connection> Readers::take() {
    {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [this] { return !idle_.empty() || taken_ < options_.readers_max; });
        ++taken_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    try {
        auto connection = std::make_unique<Connection>(options_, Access::kRead);
        connection->keep(kBegin);
        return connection;
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        --taken_;
        if (connection) idle_.push_back(std::move(connection));
    }
    free_.notify_one();
}

}  // namespace engram::sqlite
