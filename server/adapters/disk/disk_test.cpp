#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <optional>

#include "adapters/disk/files.hpp"
#include "adapters/disk/folder_lock.hpp"
#include "testing/errors.hpp"
#include "testing/test_folder.hpp"

namespace engram::disk {
namespace {

using testing::error_of;

class DiskTest : public ::testing::Test {
protected:
    std::string file(const std::string& name) const { return folder_.file(name); }

    static mode_t mode_of(const std::string& path) {
        struct stat status{};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777;
    }

    static bool names(const base::Error& error, const std::string& words) {
        return error.safe().find(words) != std::string::npos;
    }

    testing::TestFolder folder_;
};

TEST_F(DiskTest, AFileComesBackAndIsReplacedWhole) {
    base::Bytes bytes(200'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
    write_file_atomically(file("a"), bytes, 0640);
    EXPECT_EQ(read_file(file("a")), bytes);
    EXPECT_EQ(mode_of(file("a")), 0640u);
    write_file_atomically(file("a"), base::as_bytes("short"));
    EXPECT_EQ(read_file(file("a")).size(), 5u);
    EXPECT_EQ(mode_of(file("a")), 0600u);
    write_file_atomically(file("a"), {});
    EXPECT_TRUE(read_file(file("a")).empty());
}

TEST_F(DiskTest, AFailedWriteLeavesTheOldFileAndNoRemains) {
    EXPECT_EQ(error_of([&] { write_file_atomically(file("no/a"), base::as_bytes("x")); }).code(),
              base::Code::kNotFound);
    std::filesystem::create_directories(file("b/full"));
    EXPECT_EQ(error_of([&] { write_file_atomically(file("b"), base::as_bytes("x")); }).code(),
              base::Code::kUnavailable);
    EXPECT_FALSE(std::filesystem::exists(file("b.tmp")));
    EXPECT_TRUE(std::filesystem::exists(file("b/full")));
}

TEST_F(DiskTest, WhatAPowerCutLeftDoesNotStandInTheWay) {
    write_file_atomically(file("a.tmp"), base::as_bytes("half"), 0400);
    write_file_atomically(file("a"), base::as_bytes("whole"));
    EXPECT_EQ(read_file(file("a")).size(), 5u);
    EXPECT_FALSE(std::filesystem::exists(file("a.tmp")));
}

TEST_F(DiskTest, AFileThatIsNotThereIsNotFound) {
    EXPECT_EQ(error_of([&] { read_file(file("none")); }).code(), base::Code::kNotFound);
}

TEST_F(DiskTest, AnErrorNamesThePathAndTheRemedy) {
    struct Case {
        int number;
        base::Code code;
        std::string remedy;
    };
    const Case cases[] = {{ENOSPC, base::Code::kStorageFull, "Make room"},
                          {EDQUOT, base::Code::kStorageFull, "Make room"},
                          {ENOENT, base::Code::kNotFound, "Make that folder"},
                          {ENOTDIR, base::Code::kUnavailable, "name another folder"},
                          {EACCES, base::Code::kUnavailable, "Let the user that runs this program write there"},
                          {EROFS, base::Code::kUnavailable, "Make it writable"},
                          {EIO, base::Code::kUnavailable, "See that its disk works"}};
    for (const auto& [number, code, remedy] : cases) {
        errno = number;
        const base::Error error = system_error("write", "/some/path");
        EXPECT_EQ(error.code(), code) << number;
        EXPECT_TRUE(names(error, "Cannot write /some/path: ")) << error.safe();
        EXPECT_TRUE(names(error, remedy)) << error.safe();
    }
}

TEST_F(DiskTest, ADataFolderWithoutAParentIsRefused) {
    const base::Error refused = error_of([&] { FolderLock lock(file("no/data")); });
    EXPECT_EQ(refused.code(), base::Code::kNotFound);
    EXPECT_TRUE(names(refused, file("no/data"))) << refused.safe();
    EXPECT_TRUE(names(refused, "Make that folder")) << refused.safe();
}

TEST_F(DiskTest, ADataFolderThatIsAFileOrBelowOneIsRefused) {
    write_file_atomically(file("a"), base::as_bytes("kept"));
    for (const std::string& path : {file("a"), file("a/data")}) {
        const base::Error refused = error_of([&] { FolderLock lock(path); });
        EXPECT_EQ(refused.code(), base::Code::kUnavailable);
        EXPECT_TRUE(names(refused, path + ": a file stands where a folder must be.")) << refused.safe();
    }
    EXPECT_EQ(read_file(file("a")).size(), 4u);
}

TEST_F(DiskTest, ADataFolderThatMayNotBeWrittenToIsRefused) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    std::filesystem::create_directory(file("data"));
    std::filesystem::permissions(file("data"), std::filesystem::perms(0500));
    for (const std::string& path : {file("data"), file("data/new")}) {
        const base::Error refused = error_of([&] { FolderLock lock(path); });
        EXPECT_EQ(refused.code(), base::Code::kUnavailable);
        EXPECT_TRUE(names(refused, path)) << refused.safe();
        EXPECT_TRUE(names(refused, "Let the user that runs this program write there")) << refused.safe();
    }
    EXPECT_TRUE(names(error_of([&] { write_file_atomically(file("data/a"), {}); }), file("data/a")));
}

TEST_F(DiskTest, TheLockMakesAPrivateFolderAndTellsTheHolder) {
    std::optional<FolderLock> held(file("data"));
    EXPECT_EQ(mode_of(file("data")), 0700u);
    const base::Error refused = error_of([&] { FolderLock second(file("data")); });
    EXPECT_EQ(refused.code(), base::Code::kConflict);
    EXPECT_NE(refused.safe().find("is in use by process " + std::to_string(::getpid()) + "."), std::string::npos)
        << refused.safe();
    held.reset();
    const FolderLock again(file("data"));
}

TEST_F(DiskTest, AnotherProcessIsRefusedUntilTheHolderDies) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const FolderLock held(file("data"));
        [[maybe_unused]] const auto written = ::write(ready[1], "r", 1);
        for (;;) ::pause();
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    const base::Error refused = error_of([&] { FolderLock second(file("data")); });
    EXPECT_NE(refused.safe().find("process " + std::to_string(child) + "."), std::string::npos) << refused.safe();
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    const FolderLock again(file("data"));
    ::close(ready[0]);
    ::close(ready[1]);
}

}  // namespace
}  // namespace engram::disk
