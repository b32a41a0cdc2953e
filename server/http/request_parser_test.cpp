#include "http/request_parser.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

int status_for(std::string_view head) {
    Request request;
    RequestParser parser(request);
    const auto refusal = parser.parse_head(head);
    return refusal ? refusal->status : 200;
}

std::string with(std::string_view lines) { return "POST /a HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n"; }

TEST(RequestParser, ReadsAHead) {
    Request request;
    RequestParser parser(request);
    ASSERT_FALSE(
        parser.parse_head("PATCH /a/b%20c?d=e HTTP/1.1\r\nHost: h:80\r\nX-Empty:\r\nX-Space: \t v w \r\n\r\n"));
    EXPECT_EQ(request.method, Method::kPatch);
    EXPECT_EQ(request.target, "/a/b%20c?d=e");
    EXPECT_EQ(request.headers.find("host"), "h:80");
    EXPECT_EQ(request.headers.find("x-empty"), "");
    EXPECT_EQ(request.headers.find("x-space"), "v w");
    EXPECT_TRUE(parser.complete());
    EXPECT_TRUE(parser.keep_alive());
}

TEST(RequestParser, FindsTheEndOfAHeadPieceByPiece) {
    const std::string_view text = "GET / HTTP/1.1\r\n\r\nrest";
    std::size_t scanned = 0;
    for (std::size_t size = 0; size < 18; ++size) {
        EXPECT_EQ(find_head_end(text.substr(0, size), scanned), std::string_view::npos);
    }
    EXPECT_EQ(find_head_end(text, scanned), 18U);
}

TEST(RequestParser, RefusesSmuggling) {
    for (const char* lines : {
             "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
             "Content-Length: 1\r\nContent-Length: 2\r\n",
             "Content-Length: 1\r\nContent-Length: 1\r\n",
             "Content-Length: 1, 1\r\n",
             "Content-Length: +1\r\n",
             "Content-Length: -1\r\n",
             "Content-Length: 0x1\r\n",
             "Content-Length: \r\n",
             "Content-Length: 18446744073709551616\r\n",
             "Content-Length : 1\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
             "X: a\r\n folded\r\n",
             "X: a\rb\r\n",
             "X: a\nContent-Length: 1\r\n",
             "X: a\n\r\n",
             " X: a\r\n",
             "X\r\n",
             ": a\r\n",
             "X y: a\r\n",
             "X(: a\r\n",
             "X: a\x01\r\n",
             "X: a\x7f\r\n",
             "Host: again\r\n",
         }) {
        EXPECT_EQ(status_for(with(lines)), 400) << lines;
    }
    EXPECT_EQ(status_for(with(std::string("X: a\0b\r\n", 8))), 400);
    EXPECT_EQ(status_for(with("Transfer-Encoding: gzip, chunked\r\n")), 501);
    EXPECT_EQ(status_for(with("Transfer-Encoding: xchunked\r\n")), 501);
    EXPECT_EQ(status_for("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
    EXPECT_EQ(status_for(with("Expect: magic\r\n")), 417);
    EXPECT_EQ(status_for(with("Content-Length: 1\r\nX: \xc3\xbc\r\n")), 200);
}

TEST(RequestParser, RefusesBadRequestLines) {
    const std::string rest = "\r\nHost: h\r\n\r\n";
    for (const char* line : {"",
                             "GET",
                             "GET /",
                             "GET  / HTTP/1.1",
                             "GET / HTTP/1.1 ",
                             "GET / / HTTP/1.1",
                             "G@T / HTTP/1.1",
                             "GET a HTTP/1.1",
                             "GET /a#b HTTP/1.1",
                             "GET /\"a HTTP/1.1",
                             "GET /\x80 HTTP/1.1",
                             "GET * HTTP/1.1",
                             "CONNECT h:80 HTTP/1.1",
                             "GET ftp://h/ HTTP/1.1",
                             "GET http:// HTTP/1.1",
                             "GET http://a b/ HTTP/1.1",
                             "GET / HTTP/11",
                             "GET / http/1.1",
                             "GET / FTP/1.1",
                             "GET\t/ HTTP/1.1"}) {
        EXPECT_EQ(status_for(line + rest), 400) << line;
    }
    EXPECT_EQ(status_for("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
    EXPECT_EQ(status_for("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
    EXPECT_EQ(status_for("GET / HTTP/2.0" + rest), 505);
    EXPECT_EQ(status_for("GET / HTTP/1.2" + rest), 505);
    EXPECT_EQ(status_for("GET / HTTP/1.0\r\n\r\n"), 200);
    EXPECT_EQ(status_for("OPTIONS * HTTP/1.1" + rest), 200);
    EXPECT_EQ(status_for("PURGE /a?b={c}|d HTTP/1.1" + rest), 200);
}

TEST(RequestParser, TakesAbsoluteTargets) {
    Request request;
    RequestParser parser(request);
    ASSERT_FALSE(parser.parse_head("GET HTTP://real:81?q=1 HTTP/1.1\r\nHost: other\r\n\r\n"));
    EXPECT_EQ(request.target, "/?q=1");
    EXPECT_EQ(request.headers.find("Host"), "real:81");
}

TEST(RequestParser, ReadsChunksByteByByte) {
    Request request;
    RequestParser parser(request);
    ASSERT_FALSE(parser.parse_head(with("Transfer-Encoding: Chunked\r\n")));
    const std::string body = "4\r\nwiki\r\n5;a=b\r\npedia\r\n0\r\nTrailer: x\r\nContent-Type: y\r\n\r\nnext";
    std::string sink;
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= body.size() && !parser.complete(); ++end) {
        std::size_t taken = 0;
        ASSERT_FALSE(parser.parse_body(std::string_view(body).substr(begin, end - begin), 100, sink, taken));
        begin += taken;
    }
    EXPECT_TRUE(parser.complete());
    EXPECT_EQ(sink, "wikipedia");
    EXPECT_EQ(body.substr(begin), "next");
    EXPECT_FALSE(request.headers.find("Trailer"));
}

// Beast asserts on this one: see kChunkLineBytesMin.
TEST(RequestParser, ReadsAnEmptyChunkedBodyByteByByte) {
    Request request;
    RequestParser parser(request);
    ASSERT_FALSE(parser.parse_head(with("Transfer-Encoding: chunked\r\n")));
    const std::string body = "0\r\n\r\n";
    std::string sink;
    for (std::size_t size = 1; size <= body.size(); ++size) {
        EXPECT_FALSE(parser.complete());
        std::size_t taken = 0;
        ASSERT_FALSE(parser.parse_body(std::string_view(body).substr(0, size), 10, sink, taken));
    }
    EXPECT_TRUE(parser.complete());
}

TEST(RequestParser, RefusesBadChunks) {
    for (const char* body : {"xyz\r\n", "-10\r\n", "4\nwiki\r\n", "4\r\nwikipedia\r\n", "4 4\r\nwiki\r\n",
                             "11111111111111111\r\n", "0\r\nBad Trailer\r\n\r\n", "4\r\nwiki\n0\r\n\r\n"}) {
        Request request;
        RequestParser parser(request);
        ASSERT_FALSE(parser.parse_head(with("Transfer-Encoding: chunked\r\n")));
        std::string sink;
        std::size_t taken = 0;
        EXPECT_TRUE(parser.parse_body(body, 1000, sink, taken)) << body;
    }
}

TEST(RequestParser, BoundsChunkedBodies) {
    Request request;
    RequestParser parser(request);
    ASSERT_FALSE(parser.parse_head(with("Transfer-Encoding: chunked\r\n")));
    std::string sink;
    std::size_t taken = 0;
    const auto refusal = parser.parse_body("4\r\nwiki\r\n5\r\npedia\r\n", 8, sink, taken);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->status, 413);
    Request endless_request;
    RequestParser endless(endless_request);
    ASSERT_FALSE(endless.parse_head(with("Transfer-Encoding: chunked\r\n")));
    const std::string extension = "4;" + std::string(5000, 'a');
    EXPECT_TRUE(endless.parse_body(extension, 100, sink, taken));
}

}  // namespace
}  // namespace engram::http
