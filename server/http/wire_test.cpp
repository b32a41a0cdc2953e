#include "http/wire.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

std::string head_of(const Response& response, const WireOptions& options) {
    std::string out;
    append_head(out, response, options);
    return out;
}

TEST(Wire, WritesHeads) {
    Response response;
    response.headers.add("X-A", "b");
    response.body = "12345";
    EXPECT_EQ(head_of(response, {}), "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(head_of(response, {.chunked = true}), "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(head_of(response, {.keep_alive = false, .close_delimited = true}),
              "HTTP/1.1 200 OK\r\nX-A: b\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(head_of(response, {.http_1_0 = true}).ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST(Wire, NamesTheUpgradeThatIsAskedFor) {
    const Response response{.status = 426, .headers = {{"Upgrade", "websocket"}}};
    EXPECT_NE(head_of(response, {}).find("\r\nConnection: upgrade\r\n"), std::string::npos);
    EXPECT_NE(head_of(response, {.keep_alive = false}).find("\r\nConnection: upgrade, close\r\n"), std::string::npos);
}

TEST(Wire, LetsAHeadAnswerNameTheLengthOfItsGet) {
    Response response;
    response.headers.add("content-length", "77");
    EXPECT_TRUE(head_of(response, {.head_request = true}).ends_with("\r\nContent-Length: 77\r\n\r\n"));
    EXPECT_TRUE(head_of(response, {}).ends_with("\r\nContent-Length: 0\r\n\r\n"));
    response.headers.set("content-length", "7\r\nX: y");
    EXPECT_TRUE(head_of(response, {.head_request = true}).ends_with("\r\nContent-Length: 0\r\n\r\n"));
}

TEST(Wire, WritesNoLengthWhereThereIsNoBody) {
    Response response;
    response.status = 204;
    EXPECT_EQ(head_of(response, {}), "HTTP/1.1 204 No Content\r\n\r\n");
    response.status = 304;
    EXPECT_EQ(head_of(response, {}), "HTTP/1.1 304 Not Modified\r\n\r\n");
    EXPECT_FALSE(status_has_body(304));
    EXPECT_TRUE(status_has_body(404));
}

TEST(Wire, WritesAStatusWithoutAName) {
    Response response;
    response.status = 299;
    EXPECT_TRUE(head_of(response, {}).starts_with("HTTP/1.1 299 \r\n"));
    EXPECT_EQ(status_text(505), "HTTP Version Not Supported");
}

TEST(Wire, WritesChunks) {
    std::string out;
    append_chunk(out, std::string(26, 'x'));
    EXPECT_EQ(out, "1a\r\n" + std::string(26, 'x') + "\r\n");
}

}  // namespace
}  // namespace engram::http
