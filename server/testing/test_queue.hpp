// A queue in a SQLite database of a test's own.
#pragma once

#include "adapters/queue/database_queue.hpp"
#include "testing/fakes.hpp"
#include "testing/open_databases.hpp"
#include "testing/test_folder.hpp"

namespace engram::testing {

class TestQueue {
public:
    TestQueue() { database_->migrate(queue::migrations()); }

    ports::Database& database() { return *database_; }
    ports::Queue& queue() { return *queue_; }
    FakeRandom& random() { return random_; }

    void put(const ports::NewJob& job) {
        database_->write({}, [&](ports::Transaction& tx) { queue_->put(tx, job); });
    }

private:
    TestFolder folder_;
    FakeRandom random_;
    std::unique_ptr<ports::Database> database_ = open_sqlite_file(folder_.file("queue.db"));
    std::unique_ptr<ports::Bus> bus_ = open_bus();
    std::unique_ptr<ports::Queue> queue_ = queue::make_database_queue(*database_, *bus_, random_);
};

}  // namespace engram::testing
