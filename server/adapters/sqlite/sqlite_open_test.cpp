// Opening a database where it cannot work: an error that says so, and no thread that is left behind.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/sqlite/fault_vfs.hpp"
#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/sqlite/test_ledger.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "testing/test_folder.hpp"

namespace engram::sqlite {
namespace {

class SqliteOpenTest : public ::testing::Test {
protected:
    SqliteOptions options(const FaultVfs& vfs) const { return {.path = folder_.file("test.db"), .vfs = vfs.name()}; }

    // The error of opening; the test fails where it works, or where the error does not name the file.
    base::Error refusal(const SqliteOptions& options) const {
        try {
            open_sqlite(options, clock_);
        } catch (const base::Error& error) {
            EXPECT_NE(error.safe().find(options.path), std::string::npos) << error.safe();
            return error;
        }
        ADD_FAILURE() << "it was opened";
        return {base::Code::kMalformed, ""};
    }

    void make_ledger() const { migrate_ledger(*open_sqlite({.path = folder_.file("test.db")}, clock_)); }

    testing::TestFolder folder_;
    system::SystemClock clock_;
};

TEST_F(SqliteOpenTest, AFolderThatIsNotThereIsUnavailable) {
    const base::Error error = refusal({.path = folder_.file("no/such/folder.db")});
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_TRUE(error.retry_after.has_value());
}

TEST_F(SqliteOpenTest, AFileThatIsNoDatabaseIsRefusedAndKept) {
    const std::string path = folder_.file("test.db");
    std::ofstream(path) << std::string(8192, 'x');
    const base::Error error = refusal({.path = path});
    EXPECT_EQ(error.code(), base::Code::kInternal);
    EXPECT_NE(error.safe().find("no database"), std::string::npos) << error.safe();
    EXPECT_EQ(std::filesystem::file_size(path), 8192u);
}

// The file's header is whole: only the page behind it tells of the damage.
TEST_F(SqliteOpenTest, ADamagedSchemaIsRefused) {
    make_ledger();
    std::fstream file(folder_.file("test.db"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(3'900, 'x');
    file.close();
    EXPECT_EQ(refusal({.path = folder_.file("test.db")}).code(), base::Code::kInternal);
}

TEST_F(SqliteOpenTest, AFullDiskRefusesANewDatabase) {
    FaultVfs vfs("open_full");
    vfs.set_space(0);
    EXPECT_EQ(refusal(options(vfs)).code(), base::Code::kStorageFull);
    vfs.set_space(std::nullopt);
    migrate_ledger(*open_sqlite(options(vfs), clock_));
}

TEST_F(SqliteOpenTest, AFullDiskStillGivesWhatIsStored) {
    make_ledger();
    FaultVfs vfs("open_stored");
    vfs.set_space(0);
    const auto database = open_sqlite(options(vfs), clock_);
    EXPECT_EQ(faults_of_ledger(*database, {}), "");
    EXPECT_THROW(append_entry(*database, 0, 1), base::Error);
    vfs.set_space(std::nullopt);
    append_entry(*database, 0, 1);
}

TEST_F(SqliteOpenTest, WhicheverReadFailsOpeningEnds) {
    constexpr std::uint64_t kReadsMax = 1000;
    make_ledger();
    FaultVfs vfs("open_reads");
    std::uint64_t failing = 1;
    for (bool opened = false; !opened && failing < kReadsMax; ++failing) {
        vfs.fail_reads_from(failing);
        try {
            const auto database = open_sqlite(options(vfs), clock_);
            vfs.fail_reads_from(std::nullopt);
            opened = true;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kUnavailable) << error.detail();
        }
    }
    EXPECT_GT(failing, 5u);
    EXPECT_LT(failing, kReadsMax);
    EXPECT_EQ(faults_of_ledger(*open_sqlite(options(vfs), clock_), {}), "");
}

TEST_F(SqliteOpenTest, AReadOnlyDiskIsUnavailable) {
    FaultVfs vfs("open_read_only");
    vfs.make_read_only();
    EXPECT_EQ(refusal({.path = folder_.file("new/test.db"), .vfs = vfs.name()}).code(), base::Code::kUnavailable);
    make_ledger();
    const base::Error error = refusal(options(vfs));
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_NE(error.safe().find("may write"), std::string::npos) << error.safe();
}

TEST_F(SqliteOpenTest, AReadOnlyFolderIsUnavailable) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    make_ledger();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0500));
    const base::Error error = refusal({.path = folder_.file("test.db")});
    EXPECT_NE(error.safe().find("may write"), std::string::npos) << error.safe();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0700));
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
}

}  // namespace
}  // namespace engram::sqlite
