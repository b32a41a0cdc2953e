#include "adapters/openai/openai_embedder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

#include "adapters/openai/batches.hpp"
#include "testing/errors.hpp"
#include "testing/openai_under_test.hpp"

namespace engram::openai {
namespace {

using testing::error_of;
using testing::good_answer;
using testing::http_answer;
using testing::inputs_of;
using testing::OpenAiUnderTest;

std::string answer_well(const testing::LoopbackServer::Asked& asked) { return good_answer(asked); }

OpenAiConfig config_of(const std::string& model) {
    OpenAiConfig config;
    config.model = model;
    return config;
}

double likeness(const ports::Embedder::Vector& left, const ports::Embedder::Vector& right) {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

TEST(OpenAiEmbedder, AsksAsTheServiceWantsToBeAsked) {
    OpenAiConfig config = config_of("e5-small-v2");
    config.api_key = "sk-test\n";
    config.dimensions = 8;
    OpenAiUnderTest test([](const auto& asked) { return good_answer(asked, 8); }, config);
    EXPECT_EQ(test.query("Where is \"it\"?").size(), 8U);
    test.passage("Here.");
    const auto asked = test.server().asked();
    EXPECT_TRUE(asked[0].head.starts_with("POST /v1/embeddings HTTP/1.1\r\n")) << asked[0].head;
    EXPECT_NE(asked[0].head.find("Authorization: Bearer sk-test\r\n"), std::string::npos);
    EXPECT_NE(asked[0].head.find("Content-Type: application/json\r\n"), std::string::npos);
    EXPECT_EQ(asked[0].body, R"({"model":"e5-small-v2","encoding_format":"float","dimensions":8,)"
                             R"("input":["query: Where is \"it\"?"]})");
    EXPECT_EQ(inputs_of(asked[1]), std::vector<std::string>{"passage: Here."});
}

TEST(OpenAiEmbedder, WithoutAKeyNoneIsSent) {
    OpenAiUnderTest test(answer_well);
    test.query("a");
    EXPECT_EQ(test.server().asked()[0].head.find("Authorization"), std::string::npos);
    EXPECT_EQ(test.server().asked()[0].body, R"({"model":"test-model","encoding_format":"float","input":["a"]})");
}

TEST(OpenAiEmbedder, ManyTextsGoInBatchesAndComeInOrder) {
    OpenAiUnderTest test(answer_well);
    std::vector<std::string> texts;
    for (int i = 0; i < 300; ++i) texts.push_back("number " + std::to_string(i));
    const auto vectors = test.passages(texts);
    ASSERT_EQ(vectors.size(), texts.size());
    for (const std::size_t i : {0U, 7U, 8U, 120U, 299U}) {
        EXPECT_NEAR(likeness(vectors[i], vectors[i]), 1, 1e-6);
        EXPECT_NEAR(likeness(vectors[i], test.query(texts[i])), 1, 1e-6) << i;
    }
    std::vector<std::size_t> sizes;
    for (const auto& asked : test.server().asked()) sizes.push_back(inputs_of(asked).size());
    sizes.resize(sizes.size() - 5);
    EXPECT_EQ(sizes, (std::vector<std::size_t>{8, 16, 32, 64, 64, 64, 52}));
    EXPECT_EQ(test.server().connections(), 1);
}

TEST(OpenAiEmbedder, BatchesFollowWhatTheServiceCanDo) {
    using std::chrono::milliseconds;
    const std::vector<std::string> many(100, "text"), long_ones(100, std::string(9'000, 'x')),
        longest(3, std::string(BatchSize::kBytesMax + 1, 'x'));
    BatchSize size;
    EXPECT_EQ(size.front(many).size(), 8U);
    size.took(8, milliseconds(3'000));
    EXPECT_EQ(size.front(many).size(), 4U);
    size.took(4, milliseconds(1'000));
    EXPECT_EQ(size.front(many).size(), 4U);
    size.took(2, milliseconds(100));  // no news: it had fewer
    EXPECT_EQ(size.front(many).size(), 4U);
    for (int i = 0; i < 9; ++i) size.took(64, milliseconds(100));
    EXPECT_EQ(size.front(many).size(), 64U);
    EXPECT_EQ(size.front(long_ones).size(), 3U);
    EXPECT_EQ(size.front(longest).size(), 1U);
    for (int i = 0; i < 9; ++i) size.took(64, milliseconds(9'000));
    EXPECT_EQ(size.front(many).size(), 1U);
}

TEST(OpenAiEmbedder, LongTextsCountByTheirBeginningAndBlankOnesHaveAVector) {
    OpenAiUnderTest test(answer_well);
    std::string text;
    for (int i = 0; i < 2'000; ++i) text += "word" + std::to_string(i) + ' ';
    test.passages({text, "", " \n"});
    const auto inputs = inputs_of(test.server().asked()[0]);
    EXPECT_GT(inputs[0].size(), 1'500U);
    EXPECT_LE(inputs[0].size(), 1'600U);
    EXPECT_TRUE(text.starts_with(inputs[0]));
    EXPECT_EQ(inputs[1], ".");
    EXPECT_EQ(inputs[2], ".");
    EXPECT_TRUE(test.passages({}).empty());
    EXPECT_EQ(test.server().asked().size(), 1U);
}

// Strict services refuse a text of more tokens than the model takes.
TEST(OpenAiEmbedder, WhatIsRefusedIsSentInHalvesAndThenByItsBeginning) {
    OpenAiUnderTest test([](const auto& asked) {
        for (const std::string& text : inputs_of(asked))
            if (text.size() > 700) return http_answer(413, R"({"error":{"type":"too_long"}})");
        return good_answer(asked);
    });
    const std::string much(1'400, 'x');
    const auto vectors = test.passages({"one", "two", much, "four"});
    ASSERT_EQ(vectors.size(), 4U);
    EXPECT_NEAR(likeness(vectors[3], test.query("four")), 1, 1e-6);
    EXPECT_TRUE(test.pauses().empty());
    EXPECT_EQ(test.embedder().status().state, ports::EmbedderState::kReady);
}

TEST(OpenAiEmbedder, WhatIsRefusedWhateverItsLengthIsUnavailable) {
    OpenAiUnderTest test([](const auto&) { return http_answer(400, R"({"error":{"code":"no_such_parameter"}})"); });
    const base::Error error = error_of([&] { test.passages(std::vector<std::string>(8, std::string(900, 'x'))); });
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_EQ(error.safe(), test.server().host() + " has refused the request (400, no_such_parameter).");
    EXPECT_LE(test.server().asked().size(), 8U);
}

TEST(OpenAiEmbedder, AQueryDoesNotWaitForPassages) {
    std::atomic<bool> passages_are_asked = false, query_is_answered = false;
    OpenAiUnderTest test([&](const auto& asked) {
        if (inputs_of(asked)[0] == "passage")
            for (passages_are_asked = true; !query_is_answered;) std::this_thread::yield();
        return good_answer(asked);
    });
    const base::Thread indexing("index", [&](const std::stop_token&) { test.passage("passage"); });
    while (!passages_are_asked) std::this_thread::yield();
    EXPECT_EQ(test.query("query").size(), 64U);
    query_is_answered = true;
}

TEST(OpenAiEmbedder, PassagesAreCutWithoutTheService) {
    OpenAiUnderTest test([](const auto&) { return ""; });
    EXPECT_TRUE(test.embedder().passages(" ").empty());
    const std::string text(3'000, 'x');
    EXPECT_EQ(test.embedder().passages(text).size(), 4U);
    EXPECT_EQ(test.embedder().status().state, ports::EmbedderState::kReady);
    EXPECT_EQ(test.server().connections(), 0);
}

TEST(OpenAiEmbedder, IsNamedByItsModelAndDimensions) {
    const auto name_of = [](const std::string& model, std::size_t dimensions) {
        OpenAiConfig config = config_of(model);
        config.dimensions = dimensions;
        return OpenAiUnderTest([](const auto&) { return ""; }, config).embedder().model();
    };
    EXPECT_EQ(name_of("nomic-embed-text", 0), "openai:nomic-embed-text");
    EXPECT_EQ(name_of("text-embedding-3-small", 256), "openai:text-embedding-3-small:256");
    std::string longer;
    for (int i = 0; i < 60; ++i) longer += "é";
    EXPECT_LE(name_of(longer, 0).size(), 100U);
    EXPECT_TRUE(base::is_utf8(name_of(longer, 0)));
    EXPECT_NE(name_of(longer, 0), name_of(longer + "a", 0));
}

struct PrefixCase {
    const char* model;
    std::string_view query, passage;
};

TEST(OpenAiEmbedder, KnowsWhatModelsWantBeforeATextUnlessToldOtherwise) {
    constexpr std::string_view kSentence = "Represent this sentence for searching relevant passages: a";
    constexpr PrefixCase kCases[] = {
        {"text-embedding-3-small", "a", "b"},
        {"nomic-embed-text:latest", "search_query: a", "search_document: b"},
        {"intfloat/Multilingual-E5-base", "query: a", "passage: b"},
        {"code5-large", "a", "b"},
        {"mxbai-embed-large", kSentence, "b"},
        {"bge-large-en-v1.5", kSentence, "b"},
        {"bge-m3", "a", "b"},
        {"embeddinggemma", "task: search result | query: a", "title: none | text: b"},
    };
    for (const auto& [model, query, passage] : kCases) {
        OpenAiUnderTest test(answer_well, config_of(model));
        test.query("a");
        test.passage("b");
        EXPECT_EQ(inputs_of(test.server().asked()[0])[0], query) << model;
        EXPECT_EQ(inputs_of(test.server().asked()[1])[0], passage) << model;
    }
    OpenAiConfig config = config_of("e5-small");
    config.query_prefix = "";
    OpenAiUnderTest test(answer_well, config);
    test.query("a");
    EXPECT_EQ(inputs_of(test.server().asked()[0])[0], "a");
}

TEST(OpenAiEmbedder, RefusesWhatIsNoConfiguration) {
    testing::FakeClock clock;
    testing::FakeRandom random;
    const auto http = curl::make_curl_client();
    for (const auto& [url, model] : {std::pair{"", "m"}, {"127.0.0.1/v1", "m"}, {"http://x/v1", " "}}) {
        OpenAiConfig config = config_of(model);
        config.url = url;
        EXPECT_EQ(error_of([&] { make_openai_embedder(config, {*http, clock, random}); }).code(), base::Code::kInvalid);
    }
}

}  // namespace
}  // namespace engram::openai
