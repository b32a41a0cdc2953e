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
        readers_.give_back(std::move(connection_), access_);
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Connection& connection() { return *connection_; }

private:
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
    const Access access_ = connection_->access();
};

// Room for all of them, so that giving one back needs no memory.
Readers::Readers(SqliteOptions options) : options_(std::move(options)) {
    idle_.reserve(options_.readers_max);
    idle_often_.reserve(kOften);
}

void Readers::read(const ports::Body& body) {
    Loan loan(*this);
    loan.connection().step_kept(kBegin);
    run_body(loan.connection(), body);
}

std::unique_ptr<Connection> Readers::take() {
    Access access = Access::kRead;
    {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [this] { return taken_ < options_.readers_max; });
        ++taken_;
        for (auto* idle : {&idle_often_, &idle_}) {
            if (idle->empty()) continue;
            auto connection = std::move(idle->back());
            idle->pop_back();
            return connection;
        }
        if (often_left_ > 0) {
            --often_left_;
            access = Access::kReadOften;
        }
    }
    try {
        auto connection = std::make_unique<Connection>(options_, access);
        connection->keep(kBegin);
        return connection;
    } catch (...) {
        give_back(nullptr, access);
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection, Access access) noexcept {
    const bool often = access == Access::kReadOften;
    {
        const std::lock_guard lock(mutex_);
        --taken_;
        if (connection)
            (often ? idle_often_ : idle_).push_back(std::move(connection));
        else if (often)
            ++often_left_;
    }
    free_.notify_one();
}

}  // namespace engram::sqlite
