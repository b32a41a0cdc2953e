// What every ports::ObjectStore must do. An adapter's test instantiates the suite:
//   INSTANTIATE_TEST_SUITE_P(OnDisk, ObjectStoreConformance, ::testing::Values(&make_store_on_disk));
// Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ports/object_store.hpp"

namespace engram::ports {

// An empty store.
class ObjectStoreUnderTest {
public:
    virtual ~ObjectStoreUnderTest() = default;
    virtual ObjectStore& store() = 0;
    virtual void reopen() = 0;  // as after the end of the process
};

using MakeObjectStore = std::unique_ptr<ObjectStoreUnderTest> (*)();

class ObjectStoreConformance : public ::testing::TestWithParam<MakeObjectStore> {
protected:
    void SetUp() override { under_test_ = GetParam()(); }

    ObjectStore& store() { return under_test_->store(); }
    std::int64_t put(std::string_view key, std::string_view text);
    std::string read(std::string_view key);  // "(none)" where there is none

    std::unique_ptr<ObjectStoreUnderTest> under_test_;
};

// Makes the linker take the tests out of their library.
bool link_object_store_conformance();
inline const bool kObjectStoreConformanceIsLinked = link_object_store_conformance();

}  // namespace engram::ports
