#include "ports/conformance/embedder_conformance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.hpp"
#include "base/thread.hpp"

namespace engram::ports {

double cosine(const Embedder::Vector& left, const Embedder::Vector& right) {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

bool link_embedder_conformance() { return true; }

std::vector<Embedder::Vector> EmbedderConformance::embed(const std::vector<std::string>& texts, EmbedPurpose purpose) {
    return embedder().embed(texts, purpose);
}

namespace {

// Bit by bit the same on one machine; a service may answer from another, so this near is the same.
bool are_same(const Embedder::Vector& left, const Embedder::Vector& right) {
    return left.size() == right.size() && cosine(left, right) > 0.9999;
}

std::string repeated(const std::string& text, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += text;
    return out;
}

// Odd ones too: empty, blank, one character, a word without an end, right to left, several scripts, joined emoji.
const std::vector<std::string>& odd_texts() {
    static const std::vector<std::string> texts{
        "",
        "  \n\t ",
        "x",
        "?!",
        "I met Jane at the harbour; she had a blue tent.",
        "\u00c4pfel und \u00dcbermut",
        "\u05e9\u05dc\u05d5\u05dd, \u0645\u0631\u062d\u0628\u0627 hello",
        "\u6771\u4eac\u3067\u5bff\u53f8 \u043f\u0440\u0438\u0432\u0435\u0442",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467\U0001f600",
        repeated("a", 10'000),
        repeated("We walked along the river until it was dark. ", 10'000),
        std::string("a\x01\x7f") + "b",
    };
    return texts;
}

const std::string& long_text() {
    static const std::string text =
        repeated("The boat left at nine. Nobody had told us, so we waited; then it rained, and we went home.\n\n",
                 6'000) +
        repeated("\u6628\u65e5\u306f\u96e8\u3067\u3057\u305f\u3002", 3'000) + repeated("word without stop ", 3'000) +
        repeated("x", 8'000);
    return text;
}

TEST_P(EmbedderConformance, AVectorForEveryTextOfLengthOne) {
    const std::size_t dimensions = passage("a").size();
    ASSERT_GT(dimensions, 0u);
    for (const EmbedPurpose purpose : {EmbedPurpose::kQuery, EmbedPurpose::kPassage}) {
        const auto vectors = embed(odd_texts(), purpose);
        ASSERT_EQ(vectors.size(), odd_texts().size());
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            EXPECT_EQ(vectors[i].size(), dimensions) << i;
            EXPECT_NEAR(cosine(vectors[i], vectors[i]), 1, 1e-3) << i;
        }
    }
}

TEST_P(EmbedderConformance, NoTextsNoVectors) { EXPECT_TRUE(embed({}, EmbedPurpose::kPassage).empty()); }

TEST_P(EmbedderConformance, SameTextSameVectorWhateverStandsBesideIt) {
    const auto together = embed(odd_texts(), EmbedPurpose::kPassage);
    for (std::size_t i = 0; i < together.size(); ++i) EXPECT_TRUE(are_same(together[i], passage(odd_texts()[i]))) << i;
}

TEST_P(EmbedderConformance, KeepsTheOrder) {
    std::vector<std::string> texts;
    for (int number = 0; number < 40; ++number) texts.push_back("entry " + std::to_string(number * 7919));
    const auto forwards = embed(texts, EmbedPurpose::kPassage);
    std::ranges::reverse(texts);
    const auto backwards = embed(texts, EmbedPurpose::kPassage);
    for (std::size_t i = 0; i < texts.size(); ++i)
        EXPECT_TRUE(are_same(forwards[i], backwards[texts.size() - 1 - i])) << i;
}

TEST_P(EmbedderConformance, WhatMeansAlikeLiesNear) {
    if (!under_test_->understands()) return;
    const auto asked = query("Where did I leave my bicycle?");
    const auto answer = passage("I locked my bike behind the station.");
    for (const char* other :
         {"The soup needs more salt.", "Call the dentist on Monday.", "He paints with oil colours."})
        EXPECT_GT(cosine(asked, answer), cosine(asked, passage(other))) << other;
    EXPECT_GT(cosine(passage("The dog is ill."), passage("Our dog feels sick.")),
              cosine(passage("The dog is ill."), passage("The invoice was paid in May.")));
}

TEST_P(EmbedderConformance, ManyThreadsGetTheirOwnVectors) {
    constexpr std::size_t kThreads = 8;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < kThreads; ++i) texts.push_back("thread of thought " + std::to_string(i * i));
    const auto alone = embed(texts, EmbedPurpose::kPassage);
    std::vector<std::vector<Embedder::Vector>> found(kThreads);
    {
        std::vector<base::Thread> threads;
        for (std::size_t i = 0; i < kThreads; ++i)
            threads.emplace_back("test", [&, i](const std::stop_token&) {
                found[i] = embed({texts[i], texts[(i + 1) % kThreads]}, EmbedPurpose::kPassage);
                query(texts[i]);
            });
    }
    for (std::size_t i = 0; i < kThreads; ++i) {
        ASSERT_EQ(found[i].size(), 2u);
        EXPECT_TRUE(are_same(found[i][0], alone[i])) << i;
        EXPECT_TRUE(are_same(found[i][1], alone[(i + 1) % kThreads])) << i;
    }
}

TEST_P(EmbedderConformance, NamesItsModel) {
    EXPECT_EQ(embedder().status().state, EmbedderState::kReady);
    EXPECT_EQ(embedder().status().reason, "");
    EXPECT_FALSE(embedder().model().empty());
    EXPECT_LE(embedder().model().size(), 100u);
}

TEST_P(EmbedderConformance, ABlankTextHasNoPassagesAShortOneItself) {
    for (const char* blank : {"", " ", " \r\n\t "}) EXPECT_TRUE(embedder().passages(blank).empty());
    const std::string text = "I met Jane at the harbour.\n\nShe had a blue tent.";
    EXPECT_EQ(embedder().passages(text), std::vector<std::string_view>{text});
}

// Nothing but blanks lies between two passages, before the first and behind the last.
TEST_P(EmbedderConformance, PassagesCoverTheTextInOrder) {
    for (const std::string& text : {long_text(), odd_texts()[9], odd_texts()[10]}) {
        std::size_t at = 0;
        const auto skip_to = [&](std::size_t next) {
            ASSERT_LE(at, next);
            EXPECT_EQ(base::trim(std::string_view(text).substr(at, next - at)), "") << at;
        };
        for (const std::string_view passage : embedder().passages(text)) {
            ASSERT_GE(passage.data(), text.data());
            const auto begin = static_cast<std::size_t>(passage.data() - text.data());
            ASSERT_LE(begin + passage.size(), text.size());
            EXPECT_NE(base::trim(passage), "");
            EXPECT_TRUE(base::is_utf8(passage));
            skip_to(begin);
            at = begin + passage.size();
        }
        skip_to(text.size());
    }
}

TEST_P(EmbedderConformance, PassagesAreTheSameEveryTimeAndHaveVectors) {
    const auto passages = embedder().passages(long_text());
    EXPECT_GT(passages.size(), 1u);
    EXPECT_EQ(passages, embedder().passages(long_text()));
    const std::vector<std::string> texts(passages.begin(), passages.end());
    EXPECT_EQ(embed({texts.front(), texts.back()}, EmbedPurpose::kPassage).size(), 2u);
}

TEST_P(EmbedderConformance, BytesThatAreNoTextDoNoHarm) {
    const std::string broken = repeated("ab\xff\xc3 \xe2\x82", 20'000);
    for (const std::string_view passage : embedder().passages(broken)) EXPECT_LE(passage.size(), broken.size());
}

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EmbedderConformance);

}  // namespace engram::ports
