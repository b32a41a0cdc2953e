#include "http/url.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "http/message.hpp"

namespace engram::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(Url, DecodesEscapes) {
    EXPECT_EQ(percent_decode("a%20b%2Fc+d"), "a b/c+d");
    EXPECT_EQ(percent_decode("%c3%BC"), "\xc3\xbc");
    EXPECT_EQ(percent_decode(""), "");
}

TEST(Url, RefusesBrokenEscapesNulAndBadUtf8) {
    for (const char* text : {"%", "%1", "a%g0", "%0g", "%00", "%ff", "%c3", "\xff"}) {
        EXPECT_FALSE(percent_decode(text)) << text;
    }
}

TEST(Url, ReadsQueries) {
    EXPECT_EQ(parse_query("a=1&b=x+y%26&&c&=d&a=2=3"),
              (Pairs{{"a", "1"}, {"b", "x y&"}, {"c", ""}, {"", "d"}, {"a", "2=3"}}));
    EXPECT_TRUE(parse_query("").empty());
    try {
        parse_query("a=%zz");
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kMalformed);
    }
}

TEST(Url, EncodesAllButUnreserved) {
    EXPECT_EQ(percent_encode("a-Z_0.9~ /\xc3\xbc"), "a-Z_0.9~%20%2F%C3%BC");
    EXPECT_EQ(percent_decode(percent_encode("100% & more?")), "100% & more?");
}

TEST(Message, HeadersFindAndSetWithoutCase) {
    Headers headers{{"Content-Type", "a"}, {"X-One", "1"}, {"content-type", "b"}};
    EXPECT_EQ(headers.find("CONTENT-TYPE"), "a");
    EXPECT_FALSE(headers.find("Content-Typ"));
    headers.set("content-TYPE", "c");
    EXPECT_EQ(std::distance(headers.begin(), headers.end()), 2);
    EXPECT_EQ(headers.find("content-type"), "c");
    headers.set("New", "n");
    EXPECT_EQ(headers.find("new"), "n");
}

TEST(Message, SplitsTargets) {
    Request request;
    request.target = "/a/b?c=d?e";
    EXPECT_EQ(request.path(), "/a/b");
    EXPECT_EQ(request.query(), "c=d?e");
    request.target = "/a";
    EXPECT_EQ(request.path(), "/a");
    EXPECT_EQ(request.query(), "");
}

}  // namespace
}  // namespace engram::http
