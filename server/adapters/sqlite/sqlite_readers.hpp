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
    void give_back(std::unique_ptr<Connection> connection, Access access) noexcept;

    // Those are taken first; the others serve a crowd, and are many.
    static constexpr std::size_t kOften = 2;

    const SqliteOptions options_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_, idle_often_;  // the last used is taken first: its cache is warm
    std::size_t taken_ = 0, often_left_ = kOften;                 // often_left_: not opened yet
};

}  // namespace engram::sqlite
