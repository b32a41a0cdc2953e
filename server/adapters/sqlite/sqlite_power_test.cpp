#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <random>

#include "adapters/sqlite/fault_vfs.hpp"
#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/sqlite/test_ledger.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "base/thread.hpp"
#include "testing/test_folder.hpp"

namespace engram::sqlite {
namespace {

// Writers that run until they are stopped, and what they were told is durable.
class LedgerWriters {
public:
    explicit LedgerWriters(ports::Database& database) {
        for (std::size_t writer = 0; writer < kLedgerWriters; ++writer)
            threads_.emplace_back("test", [this, &database, writer](const std::stop_token&) {
                for (std::int64_t number = 1; !stopped_; ++number) {
                    append_entry(database, writer, number);
                    acknowledged_[writer] = number;
                    if (number % 7 == 0) fail_one(database);
                }
            });
    }
    ~LedgerWriters() { stopped_ = true; }
    LedgerWriters(const LedgerWriters&) = delete;
    LedgerWriters& operator=(const LedgerWriters&) = delete;

    LastEntries acknowledged() const {
        LastEntries last{};
        for (std::size_t writer = 0; writer < kLedgerWriters; ++writer) last[writer] = acknowledged_[writer];
        return last;
    }

private:
    static void fail_one(ports::Database& database) {
        EXPECT_THROW(database.write({},
                                    [](ports::Transaction& tx) {
                                        tx.run("DELETE FROM twins");
                                        tx.run("INSERT INTO person (id, revision) VALUES (1, 0)");
                                    }),
                     base::Error);
    }

    std::array<std::atomic<std::int64_t>, kLedgerWriters> acknowledged_{};
    std::atomic<bool> stopped_{false};
    std::vector<base::Thread> threads_;  // last: joined first
};

std::string faults_after(const FaultVfs::Survivors& survivors, const LastEntries& acknowledged,
                         const ports::Clock& clock) {
    const testing::TestFolder folder;
    for (const auto& [name, content] : survivors)
        std::ofstream(folder.file(name), std::ios::binary)
            .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    try {
        const FaultVfs vfs("after");  // real syncs would only cost time
        const auto database = open_sqlite({.path = folder.file("test.db"), .vfs = vfs.name()}, clock);
        return faults_of_ledger(*database, acknowledged);
    } catch (const base::Error& error) {
        return error.detail();
    }
}

class SqlitePowerTest : public ::testing::Test {
protected:
    SqliteOptions options(const FaultVfs& vfs) const {
        return {.path = folder_.file("test.db"),
                .vfs = vfs.name(),
                .checkpoint_pages = 60,  // so that checkpoints and new starts of the WAL are cut too
                .wal_kept_bytes = 200'000};
    }

    static std::int64_t count(ports::Database& database) {
        std::int64_t rows = -1;
        database.read({}, [&](ports::Transaction& tx) { rows = ledger_number(tx, "SELECT COUNT(*) FROM entries"); });
        return rows;
    }

    // False where the disk is full; no other failure is expected.
    static bool stores(ports::Database& database, std::int64_t number) {
        try {
            append_entry(database, 0, number);
            return true;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kStorageFull) << error.detail();
            return false;
        }
    }

    // Appends entries until one is refused; returns its number. What was refused has left nothing, the others are
    // whole.
    static std::int64_t fill(ports::Database& database, std::int64_t number) {
        constexpr std::int64_t kNeverFull = 10'000;
        while (number < kNeverFull && stores(database, number)) ++number;
        EXPECT_LT(number, kNeverFull);
        EXPECT_EQ(count(database), number - 1);
        EXPECT_EQ(faults_of_ledger(database, {number - 1}), "");
        return number;
    }

    testing::TestFolder folder_;
    system::SystemClock clock_;
};

TEST_F(SqlitePowerTest, APowerCutLosesNothingThatWasAcknowledged) {
    constexpr int kSessions = 10, kCuts = 15;
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    for (int session = 0; session < kSessions; ++session) {
        FaultVfs vfs("cut" + std::to_string(session));
        const testing::TestFolder folder;
        auto opened = options(vfs);
        opened.path = folder.file("test.db");
        const auto database = open_sqlite(opened, clock_);
        migrate_ledger(*database);
        const LedgerWriters writers(*database);
        for (int cut = 0; cut < kCuts; ++cut) {
            constexpr int kKept[] = {0, 0, 50, 90, 100};
            LastEntries acknowledged{};
            vfs.cut_power_at(1 + random() % 600, kKept[cut % 5], random(),
                             [&] { acknowledged = writers.acknowledged(); });
            const auto survivors = vfs.wait_for_cut();
            ASSERT_EQ(faults_after(survivors, acknowledged, clock_), "") << "session " << session << ", cut " << cut;
        }
    }
}

TEST_F(SqlitePowerTest, AFullDiskRefusesWritesKeepsReadsAndHeals) {
    FaultVfs vfs("full");
    const auto database = open_sqlite(options(vfs), clock_);
    migrate_ledger(*database);
    append_entry(*database, 0, 1);
    for (std::int64_t round = 0; round < 5; ++round) {
        vfs.set_space(round * 30'000);
        std::int64_t number = count(*database) + 1;
        // A checkpoint that was under way when the first was refused makes room: the WAL starts over in the space that
        // it has. So whether the next is refused is a matter of time, but not whether it is done by halves.
        for (int refusal = 0; refusal < 5; ++refusal) number = fill(*database, number);
        vfs.set_space(std::nullopt);
        append_entry(*database, 0, number);
        EXPECT_EQ(faults_of_ledger(*database, {number}), "");
    }
}

TEST_F(SqlitePowerTest, WithoutACheckpointAFullDiskStaysFull) {
    FaultVfs vfs("stays");
    auto opened = options(vfs);
    migrate_ledger(*open_sqlite(opened, clock_));
    opened.checkpoint_pages = 1'000'000;
    vfs.set_space(50'000);  // less than one step of the reserve, so that the WAL grows with each write
    const auto database = open_sqlite(opened, clock_);
    const std::int64_t refused = fill(*database, 1);
    EXPECT_GT(refused, 1);
    for (int attempt = 0; attempt < 5; ++attempt) EXPECT_FALSE(stores(*database, refused));
    EXPECT_EQ(count(*database), refused - 1);
    vfs.set_space(std::nullopt);
    append_entry(*database, 0, refused);
    EXPECT_EQ(faults_of_ledger(*database, {refused}), "");
}

TEST_F(SqlitePowerTest, AFullDiskUnderManyWritersLosesNoneThatWasAcknowledged) {
    FaultVfs vfs("crowd");
    const auto database = open_sqlite(options(vfs), clock_);
    migrate_ledger(*database);
    vfs.set_space(600'000);
    LastEntries acknowledged{};
    {
        std::vector<base::Thread> threads;
        for (std::size_t writer = 0; writer < kLedgerWriters; ++writer)
            threads.emplace_back("test", [&, writer](const std::stop_token&) {
                try {
                    for (;;) {
                        append_entry(*database, writer, acknowledged[writer] + 1);
                        ++acknowledged[writer];
                    }
                } catch (const base::Error& error) {
                    EXPECT_EQ(error.code(), base::Code::kStorageFull) << error.detail();
                }
            });
    }
    EXPECT_EQ(last_entries(*database), acknowledged);
    EXPECT_EQ(faults_of_ledger(*database, acknowledged), "");
    vfs.set_space(std::nullopt);
    append_entry(*database, 0, acknowledged[0] + 1);
}

TEST_F(SqlitePowerTest, AFailedSyncIsUnavailableAndTheNextWriteIsGood) {
    FaultVfs vfs("sync");
    const auto database = open_sqlite(options(vfs), clock_);
    migrate_ledger(*database);
    append_entry(*database, 0, 1);
    vfs.fail_syncs(1);
    try {
        append_entry(*database, 0, 2);
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kUnavailable);
    }
    append_entry(*database, 0, 2);
    EXPECT_EQ(faults_of_ledger(*database, {2}), "");
}

}  // namespace
}  // namespace engram::sqlite
