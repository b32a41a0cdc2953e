// What closures throw, and a transaction that cannot be ended, must not lock anybody out.
#include <gtest/gtest.h>

#include <stdexcept>

#include "adapters/sqlite/fault_vfs.hpp"
#include "adapters/sqlite/sqlite_readers.hpp"
#include "adapters/sqlite/sqlite_writer.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "testing/test_folder.hpp"

namespace engram::sqlite {
namespace {

class SqliteGuardsTest : public ::testing::Test {
protected:
    SqliteGuardsTest() {
        writer_.write([](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint)"); });
    }

    void insert() {
        writer_.write([](ports::Transaction& tx) { tx.run("INSERT INTO t (id) VALUES (1)"); });
    }

    std::int64_t count() {
        std::int64_t rows = -1;
        readers_.read([&](ports::Transaction& tx) {
            tx.run("SELECT COUNT(*) FROM t", {}, [&](const ports::Row& row) { rows = row.integer(0); });
        });
        return rows;
    }

    static int refuse_rollback(void*, int action, const char* what, const char*, const char*, const char*) {
        return action == SQLITE_TRANSACTION && std::string_view(what) == "ROLLBACK" ? SQLITE_DENY : SQLITE_OK;
    }

    testing::TestFolder folder_;
    system::SystemClock clock_;
    FaultVfs vfs_{"guards"};
    const SqliteOptions options_{.path = folder_.file("test.db"), .readers_max = 1, .vfs = vfs_.name()};
    Writer writer_{options_, clock_};
    Readers readers_{options_};
};

TEST_F(SqliteGuardsTest, WhateverAClosureThrowsTheNextOneRuns) {
    EXPECT_THROW(writer_.write([](ports::Transaction&) { throw std::runtime_error("no Error"); }), std::runtime_error);
    EXPECT_THROW(writer_.run_exclusively([](Connection&) { throw std::runtime_error("no Error"); }),
                 std::runtime_error);
    EXPECT_THROW(readers_.read([](ports::Transaction&) { throw std::runtime_error("no Error"); }), std::runtime_error);
    insert();
    EXPECT_EQ(count(), 1);
}

TEST_F(SqliteGuardsTest, ATransactionThatCannotBeEndedLocksNobodyOut) {
    EXPECT_THROW(writer_.run_exclusively([](Connection& connection) {
        connection.execute("BEGIN IMMEDIATE; INSERT INTO t (id) VALUES (7)");
        sqlite3_set_authorizer(connection.db(), refuse_rollback, nullptr);
        throw std::runtime_error("no Error");
    }),
                 std::runtime_error);
    EXPECT_THROW(insert(), base::Error);
    EXPECT_EQ(count(), 0);
    writer_.run_exclusively([](Connection& connection) { sqlite3_set_authorizer(connection.db(), nullptr, nullptr); });
    insert();
    EXPECT_EQ(count(), 1);
}

TEST_F(SqliteGuardsTest, AReadThatLostItsSnapshotGivesItsConnectionBack) {
    vfs_.fail_reads_from(1);
    EXPECT_THROW(count(), base::Error);
    vfs_.fail_reads_from(std::nullopt);
    EXPECT_EQ(count(), 0);
    vfs_.fail_reads_from(1);
    EXPECT_THROW(count(), base::Error);
    EXPECT_THROW(count(), base::Error);
    vfs_.fail_reads_from(std::nullopt);
    readers_.read([](ports::Transaction& tx) { tx.run("ROLLBACK"); });
    EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace engram::sqlite
