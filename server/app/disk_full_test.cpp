// A disk that fills up under a whole engram: nothing is lost or half done, reads go on, and it recovers by itself.
#include <gtest/gtest.h>

#include "adapters/sqlite/fault_vfs.hpp"
#include "testing/test_server.hpp"

namespace engram::app {
namespace {

using http::Method;

TEST(DiskFullTest, WritesAnswer507ReadsGoOnAndItRecovers) {
    sqlite::FaultVfs disk("disk_full_test");
    testing::TestServer server({.vfs = disk.name()});
    const std::string anna = server.sign_up("+491511"), target = "/api/v1/memories/";
    server.expect(201, Method::kPost, target, R"({"content":"before"})", anna);
    disk.set_space(0);
    const auto refused = server.expect(507, Method::kPost, target, R"({"content":"during"})", anna);
    EXPECT_EQ(refused.at("code").as_string(), "storage-full");
    server.expect(507, Method::kPost, "/api/v1/memories/batch", R"([{"content":"a"},{"content":"b"}])", anna);
    const auto list = server.expect(200, Method::kGet, target, "", anna);
    EXPECT_EQ(list.as_array().size(), 1u);
    const auto found = server.expect(200, Method::kPost, target + "search", R"({"query":"before"})", anna);
    EXPECT_EQ(found.as_array().size(), 1u);
    disk.set_space(std::nullopt);
    server.expect(201, Method::kPost, target, R"({"content":"after"})", anna);
    const auto status = server.expect(200, Method::kGet, target + "status", "", anna);
    EXPECT_EQ(status.at("memories"), 2);
    EXPECT_EQ(status.at("revision"), 2);
}

}  // namespace
}  // namespace engram::app
