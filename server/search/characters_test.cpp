#include "search/characters.hpp"

#include <gtest/gtest.h>

namespace engram::search {
namespace {

TEST(Characters, TurnAnyBytesIntoUtf16) {
    const std::string_view text = "aé猫😀\xc3(\xff\xed\xa0\x80\xf0\x9f";
    std::u16string units;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        append_utf16(units, next_character(text, text.size(), at));
        ASSERT_GT(at, before);
        ASSERT_LE(at, text.size());
    }
    EXPECT_EQ(units.substr(0, 7), u"aé猫😀\ufffd(");
    EXPECT_EQ(units.substr(7), std::u16string(units.size() - 7, u'\ufffd'));
}

TEST(Characters, LowersAsciiLettersOnly) {
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        EXPECT_EQ(lower_ascii(c), i >= 'A' && i <= 'Z' ? static_cast<char>(i + 32) : c) << i;
    }
}

}  // namespace
}  // namespace engram::search
