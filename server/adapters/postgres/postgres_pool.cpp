#include "adapters/postgres/postgres_pool.hpp"

#include <utility>

#include "adapters/postgres/postgres_error.hpp"

namespace engram::postgres {

Pool::Loan::Loan(Pool& pool) : pool_(pool), connection_(pool.take(was_idle_)) {}

Pool::Loan::~Loan() {
    if (!finished_ && !connection_->is_broken()) connection_->roll_back();
    pool_.give_back(std::move(connection_));
}

// Room for all of them, so that giving one back needs no memory.
Pool::Pool(PostgresOptions options, const ports::Clock& clock) : options_(std::move(options)), clock_(clock) {
    idle_.reserve(options_.connections_max);
}

std::unique_ptr<Connection> Pool::take(bool& was_idle) {
    {
        std::unique_lock lock(mutex_);
        const auto is_free = [this] { return !idle_.empty() || taken_ < options_.connections_max; };
        if (!free_.wait_for(lock, options_.wait_max, is_free)) throw unavailable("every connection is in use");
        ++taken_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            was_idle = true;
            return connection;
        }
    }
    try {
        return connect();
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

// Where there is no server, one connection after the other would hold a thread for seconds: for a moment the answer is
// the last one.
std::unique_ptr<Connection> Pool::connect() {
    {
        const std::lock_guard lock(mutex_);
        if (last_failure_ && clock_.steady_now() < rest_until_) throw *last_failure_;
    }
    try {
        return std::make_unique<Connection>(options_);
    } catch (const base::Error& error) {
        const std::lock_guard lock(mutex_);
        last_failure_ = error;
        rest_until_ = clock_.steady_now() + options_.rest_after_fail;
        throw;
    }
}

// With one that broke the others are broken too, as a rule: they are not tried one by one.
void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        --taken_;
        if (connection && connection->is_broken()) {
            idle_.clear();
        } else if (connection) {
            idle_.push_back(std::move(connection));
        }
    }
    free_.notify_one();
}

}  // namespace engram::postgres
