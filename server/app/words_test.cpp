#include "app/words.hpp"

#include <gtest/gtest.h>

#include "adapters/postgres/postgres_database.hpp"
#include "adapters/queue/database_queue.hpp"
#include "adapters/system/system_clock.hpp"
#include "ports/conformance/heard.hpp"
#include "testing/fakes.hpp"
#include "testing/postgres_server.hpp"

namespace engram::app {
namespace {

// A process that only waits for jobs.
struct Waiting {
    Waiting(const std::string& url, ports::Database& database, std::uint64_t seed)
        : random(seed), bus(open_bus({.database = url}, random)) {
        queue = queue::make_database_queue(database, *bus, random);
        queue->on_wake([this](std::string_view kind, base::Time due) {
            const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(due.time_since_epoch());
            (kind.empty() ? gaps : wakes).add(std::string(kind) + " " + std::to_string(since.count()));
        });
        bus->start();
        EXPECT_EQ(gaps.wait(1), std::vector<std::string>{" 0"}) << "what was put before may be missed";
    }
    ~Waiting() { bus->stop(); }

    testing::FakeRandom random;
    ports::Heard wakes, gaps;
    std::unique_ptr<ports::Bus> bus;
    std::unique_ptr<ports::Queue> queue;
};

TEST(Words, AJobThatIsPutWakesTheRunnersOfOtherProcessesOnce) {
    const system::SystemClock clock;
    const std::string url = testing::PostgresServer::shared().create_database();
    const auto database = postgres::open_postgres({.url = url}, clock);
    database->migrate(queue::migrations());
    Waiting one(url, *database, 1), two(url, *database, 2);
    one.queue->wake("mail", base::Time(std::chrono::milliseconds(1'500)));
    EXPECT_TRUE(two.wakes.wait_for("mail 2000"));
    two.queue->wake("end", ports::kAtOnce);
    EXPECT_TRUE(one.wakes.wait_for("end 0"));
    EXPECT_EQ(one.wakes.wait(2), (std::vector<std::string>{"mail 1500", "end 0"})) << "no echo";
    EXPECT_EQ(two.wakes.wait(2), (std::vector<std::string>{"mail 2000", "end 0"}));
}

}  // namespace
}  // namespace engram::app
