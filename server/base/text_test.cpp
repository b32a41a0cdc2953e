#include "base/text.hpp"

#include <gtest/gtest.h>

namespace engram::base {
namespace {

TEST(Text, ChecksUtf8) {
    for (const std::string_view good :
         {std::string_view(""), std::string_view("plain ascii, long enough for a word"),
          std::string_view("caf\xC3\xA9"), std::string_view("\xE2\x82\xAC"), std::string_view("\xF0\x9F\x98\x80"),
          std::string_view("\xF4\x8F\xBF\xBF"), std::string_view("\xEF\xBF\xBF"), std::string_view("a\0b", 3)})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (const char* bad :
         {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "12345678\xC3", "1234567\xC3(8"})
        EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(Text, CountsAndCutsCodePoints) {
    const std::string_view text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
    EXPECT_EQ(count_code_points(text), 5u);
    EXPECT_EQ(cut_code_points(text, 0), "");
    EXPECT_EQ(cut_code_points(text, 3), "a\xC3\xA9\xE2\x82\xAC");
    EXPECT_EQ(cut_code_points(text, 5), text);
    EXPECT_EQ(cut_code_points(text, 99), text);
}

TEST(Text, LowersAndTrimsAsciiOnly) {
    EXPECT_EQ(to_lower_ascii("AbZ[\xC3\x89"), "abz[\xC3\x89");
    EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
}

TEST(Text, WritesJsonStrings) {
    std::string out;
    append_json_string(out, std::string_view("\"\\/\b\f\n\r\t\x01\x1f\x7f\0\xC3\xA9", 14));
    EXPECT_EQ(out, std::string("\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0001\\u001f\x7f\\u0000\xC3\xA9\""));
}

TEST(Text, FindsEveryByteThatNeedsAnEscapeWhereverItStands) {
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text = "\x7f\xC3\xA9\xFF !#[]abcdefghijk";
            text[at] = static_cast<char>(byte);
            const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
            std::string out;
            append_json_string(out, text);
            ASSERT_EQ(out.size() > text.size() + 2, escaped) << byte << " at " << at;
            if (!escaped) {
                ASSERT_EQ(out, '"' + text + '"');
            }
        }
    }
}

}  // namespace
}  // namespace engram::base
