#include "adapters/disk/disk_objects.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ports/conformance/object_store_conformance.hpp"
#include "testing/test_folder.hpp"

namespace engram::ports {
namespace {

class DiskObjectsUnderTest final : public ObjectStoreUnderTest {
public:
    ObjectStore& store() override { return *store_; }
    void reopen() override { store_ = disk::make_disk_objects(folder_.file("objects")); }

private:
    testing::TestFolder folder_;
    std::unique_ptr<ObjectStore> store_ = disk::make_disk_objects(folder_.file("objects"));
};

std::unique_ptr<ObjectStoreUnderTest> make_on_disk() { return std::make_unique<DiskObjectsUnderTest>(); }

INSTANTIATE_TEST_SUITE_P(OnDisk, ObjectStoreConformance, ::testing::Values(&make_on_disk));

TEST(DiskObjects, RemovesWhatADeadProcessHasLeftUnfinished) {
    const testing::TestFolder folder;
    const std::filesystem::path root = folder.file("objects");
    std::filesystem::create_directories(root / "imports");
    std::ofstream(root / "imports" / "a.part") << "half";
    std::ofstream(root / "imports" / "b") << "whole";
    const auto store = disk::make_disk_objects(root);
    EXPECT_FALSE(std::filesystem::exists(root / "imports" / "a.part"));
    EXPECT_EQ(store->list("imports"), std::vector<std::string>{"imports/b"});
}

}  // namespace
}  // namespace engram::ports
