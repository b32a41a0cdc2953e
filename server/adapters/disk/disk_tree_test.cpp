#include "adapters/disk/disk_tree.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "testing/errors.hpp"
#include "testing/test_folder.hpp"

namespace engram::disk {
namespace {

using base::Code;
using testing::error_of;

class DiskTreeTest : public ::testing::Test {
protected:
    std::vector<std::string> paths(std::string_view folder) {
        std::vector<std::string> all;
        for (const ports::FileEntry& file : tree_->list(folder)) all.push_back(file.path);
        return all;
    }

    testing::TestFolder folder_;
    std::unique_ptr<ports::FileTree> tree_ = make_disk_tree(folder_.file("tree"));
};

TEST_F(DiskTreeTest, WhatIsWrittenIsReadListedAndRemoved) {
    EXPECT_FALSE(tree_->read("anna/a.md"));
    EXPECT_TRUE(tree_->list("anna").empty());
    tree_->write("anna/x/b.md", "two");
    tree_->write("anna/a.md", "one");
    tree_->write("anna/a.md", "other");
    tree_->write("ben/a.md", "");
    EXPECT_EQ(tree_->read("anna/a.md"), "other");
    EXPECT_EQ(tree_->read("ben/a.md"), "");
    EXPECT_EQ(paths("anna"), (std::vector<std::string>{"anna/a.md", "anna/x/b.md"}));
    EXPECT_EQ(tree_->list("anna").at(1).size, 3);
    EXPECT_EQ(paths(""), (std::vector<std::string>{"anna/a.md", "anna/x/b.md", "ben/a.md"}));
    tree_->remove("anna/a.md");
    tree_->remove("anna/a.md");
    tree_->remove("nobody/at/all.md");
    EXPECT_EQ(paths("anna"), (std::vector<std::string>{"anna/x/b.md"}));
    EXPECT_FALSE(tree_->read("anna/x")) << "a folder is no file";
}

TEST_F(DiskTreeTest, WhatIsThereAlreadyIsNotWrittenAgain) {
    tree_->write("a.md", "same");
    const auto written = std::filesystem::last_write_time(folder_.file("tree/a.md"));
    tree_->write("a.md", "same");
    EXPECT_EQ(std::filesystem::last_write_time(folder_.file("tree/a.md")), written);
}

TEST_F(DiskTreeTest, NoPathLeadsOut) {
    for (const char* path : {"", "/a", "a/", "a//b", "..", "../a", "a/../b", ".hidden", "a/.b", "a\\b", "a\nb"}) {
        EXPECT_EQ(error_of([&] { tree_->write(path, "x"); }).code(), Code::kInvalid) << path;
        EXPECT_EQ(error_of([&] { tree_->read(path); }).code(), Code::kInvalid) << path;
        EXPECT_EQ(error_of([&] { tree_->remove(path); }).code(), Code::kInvalid) << path;
    }
}

TEST_F(DiskTreeTest, WhatACrashHasLeftIsNotListed) {
    tree_->write("a.md", "x");
    std::ofstream(folder_.file("tree/b.md.tmp")) << "half";
    EXPECT_EQ(paths("a.md"), std::vector<std::string>());
    tree_->write("f/a.md", "x");
    std::ofstream(folder_.file("tree/f/b.md.tmp")) << "half";
    EXPECT_EQ(paths("f"), (std::vector<std::string>{"f/a.md"}));
}

}  // namespace
}  // namespace engram::disk
