#include "adapters/disk/gzip_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "testing/test_folder.hpp"

namespace engram::disk {
namespace {

class GzipFileTest : public ::testing::Test {
protected:
    void write(const std::vector<std::string>& lines) {
        GzipWriter writer(path_);
        for (const std::string& line : lines) writer.line(line);
        writer.close();
        writer.finish();
    }
    std::vector<std::string> read(const std::string& path) {
        GzipReader reader(path);
        std::vector<std::string> lines;
        for (std::string line; reader.line(line);) lines.push_back(line);
        return lines;
    }

    testing::TestFolder folder_;
    const std::string path_ = folder_.file("lines.gz");
};

TEST_F(GzipFileTest, GivesBackTheLines) {
    const std::vector<std::string> lines{"one", "", std::string(1 << 20, 'x'), std::string(300'000, 'y'), "ü"};
    write(lines);
    EXPECT_EQ(read(path_), lines);
    struct stat status{};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_FALSE(std::filesystem::exists(path_ + ".part"));
}

TEST_F(GzipFileTest, IsThereWholeOrNotAtAllAndReplacesNothing) {
    {
        GzipWriter writer(path_);
        writer.line("half");
    }
    EXPECT_FALSE(std::filesystem::exists(path_));
    EXPECT_FALSE(std::filesystem::exists(path_ + ".part"));
    write({"first"});
    EXPECT_THROW(write({"second"}), base::Error);
    EXPECT_EQ(read(path_), std::vector<std::string>{"first"});
    EXPECT_THROW(GzipWriter(folder_.file("nowhere/lines.gz")), base::Error);
    EXPECT_THROW(GzipReader(folder_.file("nothing.gz")), base::Error);
}

TEST_F(GzipFileTest, ATornOrChangedFileIsNoticed) {
    std::vector<std::string> lines;
    for (std::int64_t number = 0; number < 1000; ++number) lines.push_back(std::to_string(number * number * 7919));
    write(lines);
    std::ifstream file(path_, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    const std::string broken = folder_.file("broken.gz");
    for (const std::size_t size : {whole.size() - 1, whole.size() - 8, whole.size() / 2, std::size_t{12}}) {
        std::ofstream(broken, std::ios::binary) << whole.substr(0, size);
        EXPECT_THROW(read(broken), base::Error) << size;
    }
    std::string changed = whole;
    changed[whole.size() / 2] = static_cast<char>(changed[whole.size() / 2] ^ 1);
    std::ofstream(broken, std::ios::binary) << changed;
    EXPECT_THROW(read(broken), base::Error);
    std::ofstream(broken, std::ios::binary) << "not packed\n";
    EXPECT_EQ(read(broken), std::vector<std::string>{"not packed"});
}

}  // namespace
}  // namespace engram::disk
