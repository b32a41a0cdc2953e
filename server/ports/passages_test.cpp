#include "ports/passages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/text.hpp"
#include "ports/text_pieces.hpp"

namespace engram::ports {
namespace {

using Views = std::vector<std::string_view>;

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

double tokens_of(std::string_view text) {
    double tokens = 0;
    for (const TextPiece& piece : split_pieces(text))
        tokens += estimate_tokens(text.substr(piece.begin, piece.end - piece.begin));
    return tokens;
}

double words_of(std::string_view piece) { return piece.empty() ? 0 : 1; }

TEST(Passages, NoneOfABlankTextAndOneOfAShortOne) {
    EXPECT_EQ(cut_passages("", 256), Views{});
    EXPECT_EQ(cut_passages(" \n\t\u3000\u00a0", 256), Views{});
    EXPECT_EQ(cut_passages("  Tea at five.\n", 256), Views{"Tea at five."});
    EXPECT_EQ(cut_passages("a", 256), Views{"a"});
}

TEST(Passages, AViewOfTheTextItself) {
    const std::string text = " one two ";
    EXPECT_EQ(cut_passages(text, 256)[0].data(), text.data() + 1);
}

TEST(Passages, AboutAThousandLettersOfLatinAndAQuarterOfThatOfChinese) {
    const std::string english = repeated("The kettle was on when she came in from the garden. ", 100);
    for (const std::string_view passage : cut_passages(english, 256)) {
        EXPECT_GT(passage.size(), 700U);
        EXPECT_LE(passage.size(), 1024U);
        EXPECT_TRUE(passage.ends_with('.')) << passage;
    }
    const std::string chinese = repeated("她从花园进来时水壶已经烧开了。", 100);
    for (const std::string_view passage : cut_passages(chinese, 256)) {
        EXPECT_GT(base::count_code_points(passage), 150U);
        EXPECT_LE(base::count_code_points(passage), 256U);
        EXPECT_TRUE(passage.ends_with("。")) << passage;
    }
}

TEST(Passages, ALittleTooMuchIsHalved) {
    const Views passages = cut_passages(repeated("word ", 33), 32, words_of);
    ASSERT_EQ(passages.size(), 2U);
    EXPECT_NEAR(static_cast<double>(passages[0].size()), static_cast<double>(passages[1].size()), 5);
}

struct CutCase {
    const char* text;
    std::string_view first;
};

TEST(Passages, CutsWhereItReadsBest) {
    const CutCase cases[] = {
        {"a b c d. e f g h.\n\ni j k l. m n o p q", "a b c d. e f g h."},
        {"a b c d e f g, h i. J k l m n o p q r", "a b c d e f g, h i."},
        {"a b c d e f g h\ni j k l m n o p q", "a b c d e f g h"},
        {"a b c d e f g, h i j k l m n o p q r", "a b c d e f g,"},
        {"a b c d e e.g. f \"g h!\" I j k l m n o p q", "a b c d e e.g. f \"g h!\""},
        {"a b c d e f g h i j k l m n o p q r", "a b c d e f g h i"},
    };
    for (const auto& [text, first] : cases) EXPECT_EQ(cut_passages(text, 16, words_of)[0], first) << text;
}

TEST(Passages, LongWordsAreCutBetweenCharacters) {
    const std::string url = repeated("0123456789abcdef", 1000), emoji = repeated("👩‍🚀🏽", 500),
                      accents = repeated("é", 3000);
    for (const std::string& text : {url, emoji, accents}) {
        std::string joined;
        for (const std::string_view passage : cut_passages(text, 64)) {
            EXPECT_LE(tokens_of(passage), 64);
            EXPECT_TRUE(base::is_utf8(passage));
            EXPECT_FALSE(passage.starts_with("\u0301") || passage.starts_with("🏽") || passage.starts_with("🚀"));
            joined += passage;
        }
        EXPECT_EQ(joined, text);
    }
}

std::string random_text(std::mt19937& random) {
    constexpr std::string_view kParts[] = {"word", "a",  ". ",       "? ",    "\n",   "\n\n",      " ",
                                           ", ",   "水", "。",       "é",     "ж",    "👍🏽",      "\"",
                                           ")",    "(",  "\xff\xc3", "Ende.", "\r\n", "0123456789"};
    std::string text;
    for (auto count = random() % 600; count > 0; --count) text += kParts[random() % std::size(kParts)];
    return text;
}

// Whatever the text: in order, nothing but blanks left out, none too long, none blank, and the same again.
TEST(Passages, NothingIsLost) {
    constexpr unsigned kSeed = 7;
    std::mt19937 random(kSeed);
    const auto is_blank_byte = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    for (int round = 0; round < 500; ++round) {
        const std::string text = random_text(random);
        const double tokens_max = 32 + static_cast<double>(random() % 100);
        const Views passages = cut_passages(text, tokens_max);
        std::string joined, wanted = text;
        for (const std::string_view passage : passages) {
            EXPECT_LE(tokens_of(passage), tokens_max);
            EXPECT_FALSE(passage.empty() || is_blank_byte(passage.front()) || is_blank_byte(passage.back()));
            joined += passage;
        }
        std::erase_if(joined, is_blank_byte);
        std::erase_if(wanted, is_blank_byte);
        ASSERT_EQ(joined, wanted) << "round " << round << " of seed " << kSeed;
        EXPECT_EQ(cut_passages(text, tokens_max), passages);
    }
}

TEST(Passages, TokensAreEstimatedByScript) {
    EXPECT_EQ(estimate_tokens(""), 0);
    EXPECT_EQ(estimate_tokens("four letters "), 13 * 0.25);
    EXPECT_EQ(estimate_tokens("a     b"), 0.75);
    EXPECT_EQ(estimate_tokens("дом"), 1.5);
    EXPECT_EQ(estimate_tokens("花园"), 2);
    EXPECT_EQ(estimate_tokens("안녕👍"), 3);
}

}  // namespace
}  // namespace engram::ports
