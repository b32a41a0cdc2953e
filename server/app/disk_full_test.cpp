// A disk that fills up under a whole engram: nothing is lost or half done, reads go on, and it recovers by itself.
#include <gtest/gtest.h>

#include "adapters/sqlite/fault_vfs.hpp"
#include "testing/json_texts.hpp"
#include "testing/test_server.hpp"

namespace engram::app {
namespace {

using http::Method;

// Remembers until the disk is full; the log has some room of its own. Gives how many were stored.
int fill(testing::TestServer& server, const std::string& token) {
    const std::string body = R"({"content":"filler )" + std::string(9'000, 'x') + R"("})";
    for (int stored = 0; stored < 10'000; ++stored) {
        const auto answer = server.send(Method::kPost, "/api/v1/memories/", body, token);
        if (answer.status == 201) continue;
        EXPECT_EQ(answer.status, 507) << answer.body;
        EXPECT_NE(answer.body.find("\"code\":\"storage-full\""), std::string::npos);
        return stored;
    }
    ADD_FAILURE() << "the disk never filled up";
    return 0;
}

TEST(DiskFullTest, WritesAnswer507ReadsGoOnAndItRecovers) {
    sqlite::FaultVfs disk("disk_full_test");
    testing::TestServer server({.vfs = disk.name()});
    const std::string anna = server.sign_up("+491511"), target = "/api/v1/memories/";
    disk.set_space(0);
    int stored = fill(server, anna);
    // A checkpoint may have made room meanwhile: all of a batch is stored then, else none.
    const auto batch =
        server.send(Method::kPost, "/api/v1/memories/batch", R"([{"content":"a"},{"content":"b"}])", anna);
    EXPECT_TRUE(batch.status == 200 || batch.status == 507) << batch.body;
    if (batch.status == 200) stored += 2;
    const auto list = server.expect(200, Method::kGet, target, "", anna);
    EXPECT_EQ(list.as_array().size(), 50u);
    const auto found = server.expect(200, Method::kPost, target + "search", R"({"query":"filler"})", anna);
    EXPECT_EQ(found.as_array().size(), 50u);
    disk.set_space(std::nullopt);
    server.expect(201, Method::kPost, target, R"({"content":"after"})", anna);
    const auto status = server.expect(200, Method::kGet, target + "status", "", anna);
    EXPECT_EQ(status.at("memories"), stored + 1);
    EXPECT_EQ(status.at("revision"), stored + 1);
}

TEST(DiskFullTest, AnImportGoesOnOnceThereIsRoom) {
    sqlite::FaultVfs disk("disk_full_import_test");
    testing::TestServer server({.vfs = disk.name()});
    const std::string anna = server.sign_up("+491511");
    std::string lines;
    constexpr int kMessages = 1500;
    for (int i = 0; i < kMessages; ++i)
        lines += R"({"content":"message )" + std::to_string(i) + " " + std::string(2'000, 'x') + "\"}\n";
    const auto begun = server.expect(202, Method::kPost, "/api/v1/imports", lines, anna);
    const std::string one = "/api/v1/imports/" + testing::text_of(begun, "id");
    disk.set_space(1 << 20);
    server.app().jobs().run_due();
    const auto half = server.expect(200, Method::kGet, one, "", anna);
    EXPECT_EQ(testing::text_of(half, "state"), "running");
    EXPECT_LT(half.at("done").as_int64(), kMessages);
    disk.set_space(std::nullopt);
    server.clock().advance(std::chrono::minutes(10));
    server.app().jobs().run_due();
    const auto done = server.expect(200, Method::kGet, one, "", anna);
    EXPECT_EQ(testing::text_of(done, "state"), "done");
    EXPECT_EQ(done.at("stored").as_int64(), kMessages);
    const auto status = server.expect(200, Method::kGet, "/api/v1/memories/status", "", anna);
    EXPECT_EQ(status.at("memories").as_int64(), kMessages);
}

}  // namespace
}  // namespace engram::app
