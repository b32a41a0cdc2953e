#include "modules/ai/embed_texts.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "base/thread.hpp"
#include "ports/settled.hpp"
#include "testing/test_server.hpp"

namespace engram::ai {
namespace {

using http::Method;

constexpr const char* kPath = "/api/v1/embeddings";

class EmbedTextsTest : public ::testing::Test {
protected:
    // The model is loaded in the background from the first time that somebody asks.
    boost::json::value embed(const std::string& body) {
        ports::settled(*server_.app().embedders().front());
        return server_.expect(200, Method::kPost, kPath, body, token_);
    }

    testing::TestServer server_{{.embedder = "onnx:"}};
    std::string token_ = server_.sign_up("+491511");
};

TEST_F(EmbedTextsTest, AStrangerGetsNothing) { server_.expect(401, Method::kPost, kPath, R"({"texts":["a"]})"); }

TEST_F(EmbedTextsTest, BadFieldsAreNamed) {
    for (const char* body : {R"({"texts":[]})", R"({"texts":"a"})", R"({})", R"({"texts":["a"],"purpose":"fun"})"}) {
        const auto problem = server_.expect(422, Method::kPost, kPath, body, token_);
        EXPECT_EQ(problem.at("errors").as_array().size(), 1U) << body;
    }
    std::string many = R"({"texts":[)";
    for (int i = 0; i < 101; ++i) many += i == 0 ? "\"a\"" : ",\"a\"";
    server_.expect(422, Method::kPost, kPath, many + "]}", token_);
}

TEST_F(EmbedTextsTest, TextsThatMeanAlikeAreNear) {
    const auto answer = embed(R"({"texts":["My dog is ill","The puppy has a fever","The train leaves at nine",""]})");
    EXPECT_EQ(answer.at("dimensions").as_int64(), 384);
    EXPECT_TRUE(answer.at("model").as_string().starts_with("e5-small-v2"));
    const auto& vectors = answer.at("embeddings").as_array();
    ASSERT_EQ(vectors.size(), 4U);
    const auto cosine = [&](std::size_t left, std::size_t right) {
        double sum = 0;
        for (std::size_t i = 0; i < 384; ++i)
            sum += vectors[left].as_array()[i].to_number<double>() * vectors[right].as_array()[i].to_number<double>();
        return sum;
    };
    EXPECT_NEAR(cosine(0, 0), 1, 1e-4);
    EXPECT_GT(cosine(0, 1), cosine(0, 2));
}

// Answers when it is told to.
class SlowModel final : public ports::Embedder {
public:
    const std::string& model() const override { return name_; }
    ports::EmbedderStatus status() override { return {ports::EmbedderState::kReady, {}}; }
    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose) override {
        ++asked;
        asked.notify_all();
        answers.wait(false);
        std::vector<Vector> vectors(texts.size(), Vector{1});
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (texts[i] == "odd") vectors[i].clear();
        return vectors;
    }
    std::vector<std::string_view> passages(std::string_view text) const override { return {text}; }

    std::atomic<int> asked = 0;
    std::atomic<bool> answers = false;

private:
    std::string name_ = "slow";
};

class SlowTexts : public ::testing::Test {
protected:
    SlowModel model_;
    testing::TestServer server_{{.own_embedders = {&model_}}};
    std::string token_ = server_.sign_up("+491511");
};

TEST_F(SlowTexts, MoreThanAFewSideBySideAreSentAway) {
    {
        std::vector<base::Thread> callers;
        for (int i = 0; i < EmbedTexts::kCallsMax; ++i)
            callers.emplace_back("test", [&](const std::stop_token&) {
                server_.expect(200, Method::kPost, kPath, R"({"texts":["a"]})", token_);
            });
        for (int seen = 0; seen < EmbedTexts::kCallsMax; seen = model_.asked) model_.asked.wait(seen);
        const auto problem = server_.expect(503, Method::kPost, kPath, R"({"texts":["a"]})", token_);
        EXPECT_NE(std::string(problem.at("detail").as_string()).find("at the moment"), std::string::npos);
        model_.answers = true;
        model_.answers.notify_all();
    }
    server_.expect(200, Method::kPost, kPath, R"({"texts":["a"]})", token_);
}

TEST_F(SlowTexts, OneThatTheModelMakesNothingOfIsNamed) {
    model_.answers = true;
    const auto problem = server_.expect(422, Method::kPost, kPath, R"({"texts":["a","odd"]})", token_);
    EXPECT_EQ(problem.at("errors").at(0).at("code").as_string(), "no_vector");
}

TEST(EmbedTexts, WithoutAModelItSaysSo) {
    testing::TestServer server;
    const std::string token = server.sign_up("+491511");
    const auto problem = server.expect(503, Method::kPost, kPath, R"({"texts":["a"]})", token);
    EXPECT_NE(std::string(problem.at("detail").as_string()).find("no embedding model"), std::string::npos);
}

}  // namespace
}  // namespace engram::ai
