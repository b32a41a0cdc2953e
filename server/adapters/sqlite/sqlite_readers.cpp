#include "adapters/sqlite/sqlite_readers.hpp"

#include "adapters/sqlite/sqlite_transaction.hpp"

namespace engram::sqlite {
namespace {

constexpr char kBegin[] = "BEGIN", kEnd[] = "ROLLBACK";

}  // namespace

void Readers::read(const ports::Body& body) {
    std::unique_ptr<Connection> connection = take();
    try {
        connection->step_kept(kBegin);
        run_body(*connection, body);
        connection->step_kept(kEnd);
    } catch (...) {
        if (connection->in_transaction()) connection->step_kept(kEnd);
        give_back(std::move(connection));
        throw;
    }
    give_back(std::move(connection));
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
        return std::make_unique<Connection>(options_, Access::kRead);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --taken_;
        if (connection) idle_.push_back(std::move(connection));
    }
    free_.notify_one();
}

}  // namespace engram::sqlite
