#include "adapters/sqlite/sqlite_database.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <vector>

#include "adapters/sqlite/fault_vfs.hpp"
#include "adapters/sqlite/test_ledger.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "base/thread.hpp"
#include "ports/conformance/database_conformance.hpp"
#include "testing/test_folder.hpp"

namespace engram::ports {
namespace {

class SqliteUnderTest final : public DatabaseUnderTest {
public:
    SqliteUnderTest() { reopen(); }

    Database& database() override { return *database_; }
    void reopen() override {
        database_.reset();
        database_ = sqlite::open_sqlite({.path = folder_.file("test.db")}, clock_);
    }

private:
    testing::TestFolder folder_;
    system::SystemClock clock_;
    std::unique_ptr<Database> database_;
};

std::unique_ptr<DatabaseUnderTest> make_sqlite() { return std::make_unique<SqliteUnderTest>(); }

INSTANTIATE_TEST_SUITE_P(Sqlite, DatabaseConformance, ::testing::Values(&make_sqlite));

}  // namespace
}  // namespace engram::ports

namespace engram::sqlite {
namespace {

class SqliteDatabaseTest : public ::testing::Test {
protected:
    SqliteOptions options() const { return {.path = folder_.file("test.db")}; }

    testing::TestFolder folder_;
    system::SystemClock clock_;
};

TEST_F(SqliteDatabaseTest, TheWalIsGoneAfterClosing) {
    auto database = open_sqlite(options(), clock_);
    database->write({}, [](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint)"); });
    EXPECT_TRUE(std::filesystem::exists(options().path + "-wal"));
    database.reset();
    EXPECT_FALSE(std::filesystem::exists(options().path + "-wal"));
}

TEST_F(SqliteDatabaseTest, NobodyElseMayReadTheFiles) {
    const auto database = open_sqlite(options(), clock_);
    database->write({}, [](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint)"); });
    for (const char* suffix : {"", "-wal", "-shm"})
        EXPECT_EQ(std::filesystem::status(options().path + suffix).permissions(), std::filesystem::perms(0600))
            << suffix;
}

TEST_F(SqliteDatabaseTest, ReadsWaitForAFreeConnection) {
    auto opened = options();
    opened.readers_max = 2;
    const auto database = open_sqlite(opened, clock_);
    std::atomic<int> inside{0}, most{0}, served{0};
    {
        std::vector<base::Thread> threads;
        for (int thread = 0; thread < 8; ++thread)
            threads.emplace_back("test", [&](const std::stop_token&) {
                for (int round = 0; round < 50; ++round)
                    database->read({}, [&](ports::Transaction& tx) {
                        const int now = ++inside;
                        for (int before = most; before < now && !most.compare_exchange_weak(before, now);) continue;
                        tx.run("SELECT 1", {}, [&](const ports::Row& row) { served += row.boolean(0) ? 1 : 0; });
                        --inside;
                    });
            });
    }
    EXPECT_EQ(served, 400);
    EXPECT_LE(most, 2);
}

// Every look at it costs 3 ms, so that no batch has time for more than two closures.
class SlowClock final : public ports::Clock {
public:
    base::Time now() const override { return {}; }
    std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(looks_ += 3));
    }

private:
    mutable std::atomic<int> looks_{0};
};

TEST_F(SqliteDatabaseTest, ClosuresThatABatchHasNoTimeForComeNext) {
    constexpr std::int64_t kEntries = 40;
    const SlowClock slow;
    FaultVfs vfs("slow");
    auto opened = options();
    opened.vfs = vfs.name();
    const auto database = open_sqlite(opened, slow);
    migrate_ledger(*database);
    LastEntries acknowledged;
    acknowledged.fill(kEntries);
    {
        std::vector<base::Thread> threads;
        for (std::size_t writer = 0; writer < kLedgerWriters; ++writer)
            threads.emplace_back("test", [&, writer](const std::stop_token&) {
                for (std::int64_t number = 1; number <= kEntries; ++number) append_entry(*database, writer, number);
            });
    }
    EXPECT_EQ(last_entries(*database), acknowledged);
    EXPECT_EQ(faults_of_ledger(*database, acknowledged), "");
}

// With rows that fill several pages, and a WAL that is copied back every 50.
class SqliteWalTest : public SqliteDatabaseTest {
protected:
    SqliteWalTest() {
        auto opened = options();
        opened.vfs = vfs_.name();
        opened.checkpoint_pages = 50;
        opened.wal_kept_bytes = 300'000;
        database_ = open_sqlite(opened, clock_);
        database_->write({},
                         [](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint PRIMARY KEY, words text)"); });
    }

    void write_rows(std::int64_t from, std::int64_t to) {
        const std::string words(30'000, 'w');
        for (std::int64_t id = from; id < to; ++id)
            database_->write({}, [&](ports::Transaction& tx) {
                tx.run("INSERT INTO t (id, words) VALUES ($1, $2)", {id, std::string_view(words)});
            });
    }
    std::uintmax_t wal_size() const { return std::filesystem::file_size(options().path + "-wal"); }

    // Writes until the WAL is cut back, which happens when it starts over; gives up after some 80 MB.
    bool starts_over(std::int64_t from) {
        for (std::int64_t id = from; id < from + 2500; ++id) {
            const auto before = wal_size();
            write_rows(id, id + 1);
            if (wal_size() < before) return true;
        }
        return false;
    }

    FaultVfs vfs_{"wal"};  // real syncs would only cost time
    std::unique_ptr<ports::Database> database_;
};

TEST_F(SqliteWalTest, TheWalStartsOverUnderSteadyWriting) {
    EXPECT_TRUE(starts_over(0));
    EXPECT_TRUE(starts_over(10'000));
}

TEST_F(SqliteWalTest, ALongReadHoldsNobodyUpAndTheWalStartsOverAfterIt) {
    database_->read({}, [&](ports::Transaction& tx) {
        tx.run("SELECT COUNT(*) FROM t");
        const base::Thread writer("test", [&](const std::stop_token&) { write_rows(0, 150); });
    });
    EXPECT_GT(wal_size(), 4u << 20);
    EXPECT_TRUE(starts_over(150));
}

}  // namespace
}  // namespace engram::sqlite
