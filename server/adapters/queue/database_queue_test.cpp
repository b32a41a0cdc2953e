#include "adapters/queue/database_queue.hpp"

#include <gtest/gtest.h>

#include "ports/conformance/queue_conformance.hpp"
#include "testing/fakes.hpp"
#include "testing/open_databases.hpp"
#include "testing/test_folder.hpp"

namespace engram::ports {
namespace {

class DatabaseQueueUnderTest final : public QueueUnderTest {
public:
    explicit DatabaseQueueUnderTest(std::unique_ptr<Database> database) : database_(std::move(database)) {
        database_->migrate(queue::migrations());
        reopen();
    }

    Database& database() override { return *database_; }
    Queue& queue() override { return *queue_; }
    void reopen() override { queue_ = queue::make_database_queue(*database_, *bus_, random_); }

private:
    testing::FakeRandom random_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<Bus> bus_ = testing::open_bus();
    std::unique_ptr<Queue> queue_;
};

std::unique_ptr<QueueUnderTest> make_on_sqlite() {
    static testing::TestFolder folder;
    static int files = 0;
    return std::make_unique<DatabaseQueueUnderTest>(
        testing::open_sqlite_file(folder.file(std::to_string(++files) + ".db")));
}

std::unique_ptr<QueueUnderTest> make_on_postgres() {
    return std::make_unique<DatabaseQueueUnderTest>(testing::open_new_postgres());
}

INSTANTIATE_TEST_SUITE_P(OnSqlite, QueueConformance, ::testing::Values(&make_on_sqlite));
INSTANTIATE_TEST_SUITE_P(OnPostgres, QueueConformance, ::testing::Values(&make_on_postgres));

}  // namespace
}  // namespace engram::ports
