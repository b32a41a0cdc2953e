#include "http/gzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace engram::http {
namespace {

std::string gunzip(std::string_view packed) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

Response json_of(std::size_t bytes) {
    Response response;
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    response.body.assign(bytes, 'a');
    return response;
}

Request accepting(std::string value) {
    Request request;
    request.headers.add("Accept-Encoding", std::move(value));
    return request;
}

TEST(Gzip, ReadsAcceptEncoding) {
    for (const char* yes : {"gzip", "br, GZIP", "deflate;q=1, gzip;q=0.5", "*", "gzip;q=1, *;q=0", "gzip ; q=0.001"}) {
        EXPECT_TRUE(accepts_gzip(yes)) << yes;
    }
    for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *", "xgzip"}) {
        EXPECT_FALSE(accepts_gzip(no)) << no;
    }
}

TEST(Gzip, KnowsTypes) {
    for (const char* yes : {"text/html", "Application/JSON; a=b", "application/problem+json", "image/svg+xml"}) {
        EXPECT_TRUE(is_compressible(yes)) << yes;
    }
    for (const char* no : {"image/png", "text/event-stream", "application/zip", ""}) {
        EXPECT_FALSE(is_compressible(no)) << no;
    }
}

TEST(Gzip, CompressesAndSaysVary) {
    Response response = json_of(5000);
    compress(accepting("gzip"), response, 4096);
    EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
    EXPECT_EQ(gunzip(response.body), std::string(5000, 'a'));
}

TEST(Gzip, KeepsAVaryThatIsThere) {
    Response response = json_of(5000);
    response.headers.add("Vary", "Origin");
    compress(accepting("gzip"), response, 4096);
    EXPECT_EQ(response.headers.find("Vary"), "Origin, Accept-Encoding");
}

TEST(Gzip, LeavesAlone) {
    Response small = json_of(4095);
    compress(accepting("gzip"), small, 4096);
    EXPECT_FALSE(small.headers.find("Content-Encoding"));
    Response refused = json_of(5000);
    compress(accepting("gzip;q=0"), refused, 4096);
    EXPECT_FALSE(refused.headers.find("Content-Encoding"));
    EXPECT_EQ(refused.headers.find("Vary"), "Accept-Encoding");
    Response encoded = json_of(5000);
    encoded.headers.add("Content-Encoding", "br");
    compress(accepting("gzip"), encoded, 4096);
    EXPECT_EQ(encoded.body.size(), 5000U);
    Response picture = json_of(5000);
    picture.headers.set("Content-Type", "image/png");
    compress(accepting("gzip"), picture, 4096);
    EXPECT_EQ(picture.body.size(), 5000U);
    EXPECT_FALSE(picture.headers.find("Vary"));
}

}  // namespace
}  // namespace engram::http
