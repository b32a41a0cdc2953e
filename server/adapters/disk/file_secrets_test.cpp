#include "adapters/disk/file_secrets.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "adapters/disk/files.hpp"
#include "testing/fakes.hpp"
#include "testing/test_folder.hpp"

namespace engram::disk {
namespace {

class FileSecretsTest : public ::testing::Test {
protected:
    const testing::TestFolder parent_;
    const std::string folder_ = parent_.file("keys");
    testing::FakeRandom random_;
};

TEST_F(FileSecretsTest, MakesASecretOnceAndKeepsIt) {
    const base::Bytes first = FileSecrets(folder_, random_).get_or_create("key", 32);
    EXPECT_EQ(first.size(), 32u);
    EXPECT_EQ(FileSecrets(folder_, random_).get_or_create("key", 32), first);
    EXPECT_NE(FileSecrets(folder_, random_).get_or_create("other", 32), first);
}

TEST_F(FileSecretsTest, NobodyElseMayReadThem) {
    FileSecrets(folder_, random_).get_or_create("key", 32);
    struct stat info{};
    ASSERT_EQ(stat((folder_ + "/key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_EQ(stat(folder_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(FileSecretsTest, ADamagedFileIsNotReplaced) {
    FileSecrets secrets(folder_, random_);
    secrets.get_or_create("key", 32);
    write_file_atomically(folder_ + "/key", base::Bytes(31));
    EXPECT_THROW(secrets.get_or_create("key", 32), base::Error);
    EXPECT_EQ(read_file(folder_ + "/key").size(), 31u);
}

}  // namespace
}  // namespace engram::disk
