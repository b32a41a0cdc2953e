// A folder of a test's own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace engram::testing {

// Made when constructed, removed with all that is in it at the end.
class TestFolder {
public:
    TestFolder() : TestFolder(std::filesystem::temp_directory_path()) {}
    explicit TestFolder(const std::filesystem::path& parent) {
        std::string pattern = (parent / "engram_test_XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) std::abort();
        path_ = pattern;
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    std::string file(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace engram::testing
