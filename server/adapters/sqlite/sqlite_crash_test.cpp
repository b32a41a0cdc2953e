#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/sqlite/test_ledger.hpp"
#include "adapters/system/system_clock.hpp"
#include "testing/test_folder.hpp"

namespace engram::sqlite {
namespace {

struct Child {
    pid_t pid;
    int acknowledgements;  // the reading end
};

Child start_writer(const std::string& database) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    const std::string descriptor = std::to_string(ends[1]);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::execl(ENGRAM_CRASH_WRITER, "crash_writer", database.c_str(), descriptor.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

// Kills it when it has told so many entries; what was in the pipe by then counts too.
void kill_after(const Child& child, std::uint64_t entries, LastEntries& acknowledged) {
    std::int64_t told[2];
    for (std::uint64_t count = 1; ::read(child.acknowledgements, told, sizeof told) == sizeof told; ++count) {
        acknowledged.at(static_cast<std::size_t>(told[0])) = told[1];
        if (count == entries) ::kill(child.pid, SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child.pid, &status, 0), child.pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    ::close(child.acknowledgements);
}

TEST(SqliteCrashTest, AKilledProcessLosesNothingThatItAcknowledged) {
    constexpr int kRounds = 20;
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const testing::TestFolder folder;
    const system::SystemClock clock;
    LastEntries acknowledged{};
    for (int round = 0; round < kRounds; ++round) {
        kill_after(start_writer(folder.file("test.db")), 1 + random() % 400, acknowledged);
        const auto database = open_sqlite({.path = folder.file("test.db")}, clock);
        ASSERT_EQ(faults_of_ledger(*database, acknowledged), "") << "in round " << round;
    }
}

}  // namespace
}  // namespace engram::sqlite
