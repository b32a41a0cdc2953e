#include "http/docs_page.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

TEST(DocsPage, IsWholeAndAsksNobodyElse) {
    const std::string html = docs_html();
    EXPECT_TRUE(html.starts_with("<!doctype html>"));
    EXPECT_TRUE(html.ends_with("</html>\n"));
    EXPECT_NE(html.find("fetch('./openapi.json')"), std::string::npos);
    for (const char* outside : {"http://", "https://", "src=", "@import", "url(", "innerHTML"})
        EXPECT_EQ(html.find(outside), std::string::npos) << outside;
}

}  // namespace
}  // namespace engram::http
