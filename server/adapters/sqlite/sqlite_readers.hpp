// The pool of read-only connections.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/sqlite/sqlite_connection.hpp"

namespace engram::sqlite {

// Any thread. A read waits while all connections are taken.
class Readers {
public:
    explicit Readers(SqliteOptions options);

    // Runs `body` on one snapshot.
    void read(const ports::Body& body);

private:
    class Loan;

    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection> connection) noexcept;

    const SqliteOptions options_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;  // the last used is taken first: its cache is warm
    std::size_t taken_ = 0;
};

}  // namespace engram::sqlite
