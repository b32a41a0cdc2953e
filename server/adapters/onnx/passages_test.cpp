#include "adapters/onnx/passages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/onnx/wordpiece.hpp"
#include "base/text.hpp"

namespace engram::onnx {
namespace {

using Passages = std::vector<std::string_view>;

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::size_t tokens_of(std::string_view text) {
    static const Vocabulary vocabulary = [] {
        std::ifstream in(ENGRAM_MODELS "/e5-small-v2/tokenizer.json", std::ios::binary);
        return Vocabulary(std::string(std::istreambuf_iterator<char>(in), {}));
    }();
    return encode(vocabulary, text, 10'000).size() - 2;
}

// None longer than the model takes, none much shorter than the others.
void expect_balanced(const std::string& text) {
    std::size_t least = text.size(), most = 0;
    for (const std::string_view passage : cut_passages(text)) {
        EXPECT_LE(tokens_of(passage), 252u) << passage;
        least = std::min(least, passage.size());
        most = std::max(most, passage.size());
    }
    EXPECT_GT(most, 0u);
    EXPECT_GE(least * 3, most) << text.substr(0, 60);
}

TEST(Passages, AShortTextIsOneWithoutTheBlanksAroundIt) {
    const std::string text = "\n  Milk, bread.\n\n\nCall Jane.\u3000\n";
    EXPECT_EQ(cut_passages(text), Passages{"Milk, bread.\n\n\nCall Jane."});
    EXPECT_EQ(cut_passages(text)[0].data(), text.data() + 3);
    EXPECT_EQ(cut_passages("x"), Passages{"x"});
}

TEST(Passages, WhatShowsNothingHasNone) {
    for (const char* blank : {"", " ", "\t\r\n", "\u3000\u00a0", "\u200b\ufeff \u200d", "\xff\xfe"})
        EXPECT_TRUE(cut_passages(blank).empty()) << blank;
}

TEST(Passages, CutsBetweenParagraphsWhereThatIsNear) {
    const std::string one = repeated("We walked along the river. ", 20), other = repeated("Then it rained a lot. ", 22);
    EXPECT_EQ(cut_passages(one + "\n\n" + other), (Passages{base::trim(one), base::trim(other)}));
}

void expect_each(const std::string& text, std::string_view front, std::string_view back) {
    EXPECT_GT(cut_passages(text).size(), 1u);
    for (const std::string_view passage : cut_passages(text))
        EXPECT_TRUE(passage.starts_with(front) && passage.ends_with(back)) << passage;
}

TEST(Passages, ElseBetweenSentencesElseBetweenWords) {
    expect_each(repeated("Nobody (not even he) saw us \"there.\" ", 100), "Nobody", "\"there.\"");
    expect_each(repeated("walking ", 1'000), "walking", "walking");
    expect_each(repeated("\u6628\u65e5\u306f\u300c\u96e8\u3002\u300d", 200), "\u6628\u65e5", "\u3002\u300d");
}

TEST(Passages, AreAboutEquallyLong) {
    for (const std::size_t times : {12, 20, 30, 47, 60, 200}) {
        expect_balanced(repeated("The boat left at nine and nobody had told us, so we had to wait there. ", times));
        expect_balanced(repeated("Rindfleischetikettierung ist eine schwierige Aufgabe f\u00fcr alle. ", times));
        expect_balanced(
            repeated("\u0417\u0430\u0432\u0442\u0440\u0430 \u0432\u0441\u0442\u0440\u0435\u0447\u0430! ", times));
        expect_balanced(repeated("\u6771\u4eac\u3067\u5bff\u53f8\u3092\u98df\u3079\u307e\u3057\u305f\u3002", times));
        expect_balanced(repeated("550e8400-e29b-41d4-a716-446655440000\n", times));
    }
}

TEST(Passages, AWordWithoutAnEndIsCutBetweenCharacters) {
    const std::string text = repeated("\u00e9", 5'000);
    std::string joined;
    for (const std::string_view passage : cut_passages(text)) {
        EXPECT_TRUE(base::is_utf8(passage));
        joined += passage;
    }
    EXPECT_EQ(joined, text);
    EXPECT_GT(cut_passages(repeated("e\u0301\u200d", 5'000)).size(), 1u);
}

TEST(Passages, AMegabyteIsNoTrouble) {
    EXPECT_GT(cut_passages(repeated("a b c d e f g h i j\n", 50'000)).size(), 500u);
    EXPECT_EQ(cut_passages("a" + repeated("\u0301", 500'000)).size(), 1u);
    EXPECT_EQ(cut_passages("a" + std::string(1'000'000, ' ') + "b").size(), 1u);
}

}  // namespace
}  // namespace engram::onnx
