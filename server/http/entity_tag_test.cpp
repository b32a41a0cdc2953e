#include "http/entity_tag.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

using Tags = std::vector<std::string>;

TEST(EntityTag, ReadsAList) {
    EXPECT_EQ(parse_entity_tags(R"("5")"), Tags{"5"});
    EXPECT_EQ(parse_entity_tags(R"(  "5" ,"6,7",  "" )"), (Tags{"5", "6,7", ""}));
}

TEST(EntityTag, LeavesOutWeakOnes) {
    EXPECT_EQ(parse_entity_tags(R"(W/"5", "6")"), Tags{"6"});
    EXPECT_EQ(parse_entity_tags(R"(W/"5")"), Tags{});
}

TEST(EntityTag, RefusesTheRest) {
    for (const char* header : {"", "5", "\"5", "5\"", "\"5\",", ",\"5\"", "\"5\" \"6\"", "w/\"5\"", "*", "\"5\", *"})
        EXPECT_EQ(parse_entity_tags(header), std::nullopt) << header;
}

TEST(EntityTag, AStarIsAny) {
    EXPECT_TRUE(is_any_tag(" * "));
    EXPECT_FALSE(is_any_tag("\"*\""));
}

}  // namespace
}  // namespace engram::http
