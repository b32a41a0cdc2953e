// Connections that are kept. Internal.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/postgres/postgres_connection.hpp"

namespace engram::postgres {

// Any thread.
class Pool {
public:
    Pool(PostgresOptions options, const ports::Clock& clock);

    // A connection that comes back to the pool, without a transaction, whatever happens.
    class Loan {
    public:
        explicit Loan(Pool& pool);
        ~Loan();
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;

        Connection& connection() { return *connection_; }
        bool was_idle() const { return was_idle_; }  // it may have died meanwhile
        void finished() { finished_ = true; }        // nothing to roll back

    private:
        Pool& pool_;
        bool was_idle_ = false, finished_ = false;
        std::unique_ptr<Connection> connection_;
    };

    const PostgresOptions& options() const { return options_; }

private:
    std::unique_ptr<Connection> take(bool& was_idle);
    std::unique_ptr<Connection> connect();
    void give_back(std::unique_ptr<Connection> connection) noexcept;

    const PostgresOptions options_;
    const ports::Clock& clock_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t taken_ = 0;
    std::chrono::steady_clock::time_point rest_until_{};
    std::optional<base::Error> last_failure_;
};

}  // namespace engram::postgres
