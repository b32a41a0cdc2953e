#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "testing/errors.hpp"
#include "testing/openai_under_test.hpp"

namespace engram::openai {
namespace {

using ports::EmbedderState;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::embeddings_body;
using testing::error_of;
using testing::good_answer;
using testing::http_answer;
using testing::LoopbackServer;
using testing::OpenAiUnderTest;

// Answers with these, one after the other, then well.
LoopbackServer::Answer first(std::vector<std::string> answers) {
    auto next = std::make_shared<std::atomic<std::size_t>>(0);  // the script may be copied
    return [next, answers = std::move(answers)](const LoopbackServer::Asked& asked) {
        const std::size_t at = (*next)++;
        return at < answers.size() ? answers[at] : good_answer(asked);
    };
}

LoopbackServer::Answer always(std::string answer) {
    return [answer = std::move(answer)](const auto&) { return answer; };
}

struct Failing {
    const char* name;
    std::string answer;
    std::string_view reason;   // after the host
    bool tried_again = false;  // with the same, or with another text
};

class OpenAiFailures : public ::testing::TestWithParam<Failing> {};

TEST_P(OpenAiFailures, AreToldWithTheirReasonAndNothingSecret) {
    const auto& [name, answer, reason, tried_again] = GetParam();
    OpenAiConfig config;
    config.model = "modl";
    config.api_key = "hidden_key";
    OpenAiUnderTest test(always(answer), config);
    const base::Error error = error_of([&] { test.query("secret words"); });
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_EQ(error.safe(), test.server().host() + std::string(reason));
    EXPECT_TRUE(error.retry_after.has_value());
    EXPECT_EQ(test.server().asked().size(), tried_again ? 2U : 1U);
    while (test.embedder().status().state == EmbedderState::kReady) error_of([&] { test.query("secret words"); });
    const ports::EmbedderStatus status = test.embedder().status();
    EXPECT_EQ(status.state, EmbedderState::kUnavailable);
    EXPECT_EQ(status.reason, error.safe());
    for (const char* secret : {"hidden", "secret", "words"})
        EXPECT_EQ((error.safe() + error.detail() + error.members).find(secret), std::string::npos);
}

const Failing kFailures[] = {
    {"WrongKey", http_answer(401, R"({"error":{"message":"no hidden_key","code":"hidden_key"}})"),
     ": the key was refused (401)."},
    {"Forbidden", http_answer(403, ""), ": the key was refused (403)."},
    {"NoModel", http_answer(404, R"({"error":{"code":"model_not_found"}})"),
     " has no such model: modl, or its URL is another (404, model_not_found)."},
    {"Moved", http_answer(301, "", "Location: http://127.0.0.1:1/\r\n"), " sends elsewhere: its URL is another (301)."},
    {"Limited", http_answer(429, R"({"error":{"type":"insufficient_quota"}})"),
     " is asked more than it allows (429, insufficient_quota).", true},
    {"Broken", http_answer(500, "secret words, hidden_key"), " has failed (500).", true},
    {"Busy", http_answer(503, "<html>"), " has failed (503).", true},
    {"Odd", http_answer(405, ""), " has refused the request (405)."},
    {"Refused", http_answer(400, R"({"error":{"message":"secret words"}})"), " has refused the request (400).", true},
    {"Dropped", "", " has broken off the connection.", true},
    {"CutOff", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"data\":", " has broken off the connection.", true},
    {"Garbage", http_answer(200, "secret \x01\xff"), " has answered with something that is no JSON.", true},
    {"Page", http_answer(200, "<!doctype html>"), " has answered with a web page: its URL may lack /v1.", true},
    {"NotANumber", http_answer(200, R"({"data":[{"index":0,"embedding":[NaN]}]})"),
     " has answered with something that is no JSON.", true},
    {"Null", http_answer(200, R"({"data":[{"index":0,"embedding":[null]}]})"),
     " has answered with a vector with a value that is no number.", true},
    {"Zeros", http_answer(200, R"({"data":[{"index":0,"embedding":[0,0]}]})"), " has answered with a vector of zeros.",
     true},
    {"TooMany", http_answer(200, embeddings_body({{1}, {1}})), " has answered with 2 vectors for 1 text.", true},
    {"TooFew", http_answer(200, embeddings_body({})), " has answered with 0 vectors for 1 text.", true},
    {"WrongIndex", http_answer(200, R"({"data":[{"index":3,"embedding":[1]}]})"),
     " has answered with a vector of a text that was not sent.", true},
    {"TooLarge", http_answer(200, std::string(1 << 20, ' ')), " has answered with more than was asked for."},
};

INSTANTIATE_TEST_SUITE_P(Each, OpenAiFailures, ::testing::ValuesIn(kFailures),
                         [](const auto& failing) { return std::string(failing.param.name); });

TEST(OpenAiRetries, PassagesAreSentAgainAfterGrowingPauses) {
    OpenAiUnderTest test(first({http_answer(500, ""), http_answer(502, "")}));
    EXPECT_EQ(test.passage("a").size(), 64U);
    ASSERT_EQ(test.pauses().size(), 2U);
    EXPECT_GE(test.pauses()[0], milliseconds(500));
    EXPECT_LE(test.pauses()[0], milliseconds(1'000));
    EXPECT_GE(test.pauses()[1], milliseconds(1'000));
    EXPECT_LE(test.pauses()[1], milliseconds(2'000));
    EXPECT_EQ(test.embedder().status().state, EmbedderState::kReady);
}

TEST(OpenAiRetries, AQueryIsSentAgainOnceAndQuickly) {
    OpenAiUnderTest test(first({http_answer(503, "")}));
    EXPECT_EQ(test.query("a").size(), 64U);
    ASSERT_EQ(test.pauses().size(), 1U);
    EXPECT_LE(test.pauses()[0], milliseconds(100));
}

TEST(OpenAiRetries, AServiceIsGivenTheTimeItAsksFor) {
    const std::string limited = http_answer(429, "", "Retry-After: 7\r\n");
    OpenAiUnderTest test(first({limited}));
    test.passage("a");
    EXPECT_EQ(test.pauses(), std::vector<milliseconds>{seconds(7)});
    OpenAiUnderTest of_query(always(limited));
    EXPECT_EQ(error_of([&] { of_query.query("a"); }).retry_after, seconds(7));  // too long for who waits
    EXPECT_TRUE(of_query.pauses().empty());
    OpenAiUnderTest for_hours(always(http_answer(503, "", "Retry-After: 3600\r\n")));
    EXPECT_EQ(error_of([&] { for_hours.passage("a"); }).retry_after, seconds(3600));
    EXPECT_TRUE(for_hours.pauses().empty());
}

TEST(OpenAiRetries, WhatDoesNotChangeByItselfIsNotTriedAgain) {
    OpenAiUnderTest test(always(http_answer(401, "")));
    error_of([&] { test.passage("a"); });
    EXPECT_EQ(test.server().asked().size(), 1U);
    OpenAiUnderTest nonsense(always(http_answer(200, "{}")));
    error_of([&] { nonsense.passage("a"); });
    ASSERT_EQ(nonsense.server().asked().size(), 2U);
    EXPECT_EQ(testing::inputs_of(nonsense.server().asked()[1]), std::vector<std::string>{"."}) << "whether it works";
}

TEST(OpenAiRetries, AServiceThatNeverAnswersIsNotWaitedFor) {
    OpenAiConfig config;
    config.query_limit = milliseconds(40);
    OpenAiUnderTest test(always(std::string(LoopbackServer::kSilence)), config);
    const base::Error error = error_of([&] { test.query("a"); });
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_NE(error.safe().find("has not answered within"), std::string::npos) << error.safe();
    const std::string text = "a";
    const base::Error now = error_of([&] { test.embedder().embed({&text, 1}, ports::EmbedPurpose::kPassageNow); });
    EXPECT_NE(now.safe().find("has not answered within"), std::string::npos) << "no minutes for who waits";
}

TEST(OpenAiDimensions, OnesThatOnlyOneTextHasAreRefused) {
    OpenAiUnderTest test([](const auto& asked) { return good_answer(asked, asked.body.size() > 70 ? 3 : 2); });
    EXPECT_EQ(test.query("a").size(), 2U);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(test.query("a text with some more words").empty());
    EXPECT_EQ(test.query("b").size(), 2U);
    EXPECT_EQ(test.embedder().dimensions(), 2U);
}

TEST(OpenAiDimensions, OnesThatStayAreTaken) {
    std::size_t dimensions = 2;
    OpenAiUnderTest test([&](const auto& asked) { return good_answer(asked, dimensions); });
    EXPECT_EQ(test.embedder().dimensions(), 0U);
    EXPECT_EQ(test.query("a").size(), 2U);
    dimensions = 3;
    const base::Error error = error_of([&] { test.query("a"); });
    EXPECT_EQ(error.safe(), test.server().host() + " has answered with a vector of 3 dimensions instead of 2.");
    EXPECT_EQ(test.query("a").size(), 3U);
    EXPECT_EQ(test.embedder().dimensions(), 3U);
}

TEST(OpenAiDimensions, WhatWasAskedForStays) {
    OpenAiConfig config;
    config.dimensions = 4;
    OpenAiUnderTest deaf([](const auto& asked) { return good_answer(asked, 8); }, config);
    while (deaf.embedder().status().state == EmbedderState::kReady)
        EXPECT_EQ(error_of([&] { deaf.query("a"); }).safe(),
                  deaf.server().host() + " has answered with a vector of 8 dimensions instead of 4.");
}

struct Poison {
    const char* name;
    std::string answer;  // where one of the texts is "poison"
};

class OpenAiPoison : public ::testing::TestWithParam<Poison> {
protected:
    static OpenAiConfig hasty() {
        OpenAiConfig config;
        config.passage_limit = milliseconds(150);
        return config;
    }
    std::string answer(const LoopbackServer::Asked& asked) {
        for (const std::string& text : testing::inputs_of(asked))
            if (text.starts_with("poison")) return GetParam().answer;
        return good_answer(asked);
    }
    OpenAiUnderTest test_{[this](const auto& asked) { return answer(asked); }, hasty()};
};

TEST_P(OpenAiPoison, OneTextThatItFailsOverKeepsNoOtherFromItsVector) {
    std::vector<std::string> texts;
    for (int i = 0; i < 12; ++i) texts.push_back("text " + std::to_string(i));
    texts[3] = "poison";
    texts[9] = "poison" + std::string(900, 'x');
    const auto vectors = test_.passages(texts);
    ASSERT_EQ(vectors.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(vectors[i].empty(), i == 3 || i == 9) << i;
    EXPECT_EQ(vectors[4], test_.passage(texts[4]));
    EXPECT_EQ(test_.embedder().status().state, EmbedderState::kReady);
    EXPECT_EQ(test_.embedder().status().reason, "");
    EXPECT_LT(test_.server().asked().size(), 60U);
}

const Poison kPoisons[] = {
    {"Broken", http_answer(500, "")},
    {"Refused", http_answer(400, "")},
    {"NotANumber", http_answer(200, R"({"data":[{"index":0,"embedding":[NaN]}]})")},
    {"Zeros", http_answer(200, embeddings_body({{0, 0}}))},
    {"Silence", std::string(LoopbackServer::kSilence)},
    {"Dropped", ""},
};

INSTANTIATE_TEST_SUITE_P(Each, OpenAiPoison, ::testing::ValuesIn(kPoisons),
                         [](const auto& poison) { return std::string(poison.param.name); });

TEST(OpenAiBreaker, LeavesAServiceAloneAndFindsItAgain) {
    std::atomic<bool> down = true;
    OpenAiUnderTest test([&](const auto& asked) { return down ? http_answer(500, "") : good_answer(asked); });
    EXPECT_EQ(test.embedder().status().state, EmbedderState::kReady);
    error_of([&] { test.passage("a"); });
    EXPECT_EQ(test.server().asked().size(), 3U);  // the third failure ends it
    EXPECT_EQ(test.embedder().status().state, EmbedderState::kUnavailable);
    const base::Error error = error_of([&] { test.query("a"); });
    EXPECT_EQ(error.safe(), test.embedder().status().reason);
    EXPECT_EQ(error.retry_after, seconds(5));
    EXPECT_EQ(test.server().asked().size(), 3U);

    test.clock().advance(seconds(5));
    EXPECT_EQ(test.embedder().status().state, EmbedderState::kReady);  // whoever comes next may try
    error_of([&] { test.query("a"); });
    EXPECT_EQ(test.server().asked().size(), 5U);  // with the one that shows that it is not the query's fault
    EXPECT_EQ(error_of([&] { test.query("a"); }).retry_after, seconds(10));

    down = false;
    test.clock().advance(seconds(10));
    EXPECT_EQ(test.query("a").size(), 64U);
    EXPECT_EQ(test.embedder().status().state, EmbedderState::kReady);
    EXPECT_EQ(test.embedder().status().reason, "");
}

TEST(OpenAiStop, NothingIsWaitedForAnyMore) {
    OpenAiUnderTest test(always(http_answer(500, "")));
    test.on_pause = [&] { test.embedder().stop(); };
    EXPECT_EQ(error_of([&] { test.passage("a"); }).safe(), "The server is stopping.");
    EXPECT_EQ(test.pauses().size(), 1U);
    EXPECT_EQ(error_of([&] { test.query("a"); }).safe(), "The server is stopping.");
    EXPECT_EQ(test.server().asked().size(), 1U);
}

TEST(OpenAiStop, AQuestionUnderWayEnds) {
    OpenAiEmbedder* embedder = nullptr;
    OpenAiUnderTest test([&](const auto&) {
        embedder->stop();
        return std::string(LoopbackServer::kSilence);
    });
    embedder = &test.embedder();
    EXPECT_EQ(error_of([&] { test.passage("a"); }).safe(), "The server is stopping.");
}

// The real way to wait, which the other tests do without.
TEST(OpenAiStop, EndsAPauseAtOnce) {
    testing::FakeClock clock;
    testing::FakeRandom random;
    const auto http = curl::make_curl_client();
    std::unique_ptr<OpenAiEmbedder> embedder;
    const LoopbackServer server([&](const auto&) { return http_answer(503, "", "Retry-After: 30\r\n"); });
    OpenAiConfig config;
    config.url = server.url("/v1");
    config.model = "m";
    embedder = make_openai_embedder(config, {*http, clock, random});
    const base::Thread stopper("stop", [&](const std::stop_token&) {
        while (server.asked().empty()) std::this_thread::yield();
        embedder->stop();
    });
    const std::string text = "a";
    EXPECT_EQ(error_of([&] { embedder->embed({&text, 1}, ports::EmbedPurpose::kPassage); }).safe(),
              "The server is stopping.");
}

}  // namespace
}  // namespace engram::openai
