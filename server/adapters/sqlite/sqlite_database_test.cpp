#include "adapters/sqlite/sqlite_database.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/sqlite/test_folder.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "ports/conformance/database_conformance.hpp"

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
    sqlite::TestFolder folder_;
    adapters::SystemClock clock_;
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

    TestFolder folder_;
    adapters::SystemClock clock_;
};

TEST_F(SqliteDatabaseTest, AFolderThatIsNotThereIsUnavailable) {
    try {
        open_sqlite({.path = folder_.file("no/such/folder.db")}, clock_);
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kUnavailable);
        EXPECT_TRUE(error.retry_after.has_value());
    }
}

TEST_F(SqliteDatabaseTest, AFileThatIsNoDatabaseIsRefusedAndKept) {
    std::ofstream(options().path) << std::string(8192, 'x');
    EXPECT_THROW(open_sqlite(options(), clock_), base::Error);
    EXPECT_EQ(std::filesystem::file_size(options().path), 8192u);
}

TEST_F(SqliteDatabaseTest, TheWalIsGoneAfterClosing) {
    auto database = open_sqlite(options(), clock_);
    database->write({}, [](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint)"); });
    EXPECT_TRUE(std::filesystem::exists(options().path + "-wal"));
    database.reset();
    EXPECT_FALSE(std::filesystem::exists(options().path + "-wal"));
}

TEST_F(SqliteDatabaseTest, TheWalStartsOverUnderSteadyWriting) {
    auto opened = options();
    opened.checkpoint_pages = 50;
    opened.wal_kept_bytes = 1u << 20;
    auto database = open_sqlite(opened, clock_);
    database->write({}, [](ports::Transaction& tx) { tx.run("CREATE TABLE t (id bigint PRIMARY KEY, words text)"); });
    const std::string words(3000, 'w');
    for (std::int64_t id = 0; id < 2000; ++id)
        database->write({}, [&](ports::Transaction& tx) {
            tx.run("INSERT INTO t (id, words) VALUES ($1, $2)", {id, std::string_view(words)});
        });
    EXPECT_LT(std::filesystem::file_size(opened.path + "-wal"), 4u << 20);  // of some 16 MB that went through it
}

}  // namespace
}  // namespace engram::sqlite
