// An embedder over a service on this machine that answers as a test tells it.
#pragma once

#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "adapters/curl/curl_client.hpp"
#include "adapters/openai/openai_embedder.hpp"
#include "base/json.hpp"
#include "testing/fakes.hpp"
#include "testing/loopback_server.hpp"

namespace engram::testing {

// The texts that a request to /embeddings wants vectors of.
inline std::vector<std::string> inputs_of(const LoopbackServer::Asked& asked) {
    std::vector<std::string> inputs;
    const boost::json::value body = base::parse_json(asked.body);
    for (const auto& input : body.at("input").as_array()) inputs.emplace_back(input.as_string().c_str());
    return inputs;
}

// A vector that counts a text's words, each where its hash puts it: texts that share words are alike.
inline std::vector<float> vector_of_words(const std::string& text, std::size_t dimensions) {
    std::vector<float> vector(dimensions, 0.01F);
    std::istringstream words(base::to_lower_ascii(text));
    for (std::string word; words >> word;) {
        std::uint32_t hash = 2'166'136'261U;
        for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
        vector[hash % dimensions] += 1;
    }
    return vector;
}

// The body of a good answer with these vectors.
inline std::string embeddings_body(const std::vector<std::vector<float>>& vectors) {
    std::string body = "{\"object\":\"list\",\"data\":[";
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        (body += i > 0 ? "," : "").append("{\"index\":").append(std::to_string(i)).append(",\"embedding\":[");
        for (std::size_t j = 0; j < vectors[i].size(); ++j) {
            body += j > 0 ? "," : "";
            base::append_json_number(body, static_cast<double>(vectors[i][j]));
        }
        body += "]}";
    }
    return body += "]}";
}

inline std::string good_answer(const LoopbackServer::Asked& asked, std::size_t dimensions = 64) {
    std::vector<std::vector<float>> vectors;
    for (const std::string& text : inputs_of(asked)) vectors.push_back(vector_of_words(text, dimensions));
    return http_answer(200, embeddings_body(vectors), "Content-Type: application/json\r\n");
}

// Pauses are kept in place of being waited for; the clock goes on by them.
class OpenAiUnderTest {
public:
    explicit OpenAiUnderTest(LoopbackServer::Answer answer, openai::OpenAiConfig config = {})
        : server_(std::move(answer)) {
        config.url = server_.url("/v1");
        if (config.model.empty()) config.model = "test-model";
        embedder_ = openai::make_openai_embedder(std::move(config), {*http_, clock_, random_, [this](auto pause) {
                                                                         pauses_.push_back(pause);
                                                                         clock_.advance(pause);
                                                                         if (on_pause) on_pause();
                                                                     }});
    }

    openai::OpenAiEmbedder& embedder() { return *embedder_; }
    const LoopbackServer& server() const { return server_; }
    FakeClock& clock() { return clock_; }
    const std::vector<std::chrono::milliseconds>& pauses() const { return pauses_; }

    ports::Embedder::Vector query(const std::string& text) {
        return embedder_->embed({&text, 1}, ports::EmbedPurpose::kQuery).at(0);
    }
    std::vector<ports::Embedder::Vector> passages(const std::vector<std::string>& texts) {
        return embedder_->embed(texts, ports::EmbedPurpose::kPassage);
    }
    ports::Embedder::Vector passage(const std::string& text) { return passages({text}).at(0); }

    std::function<void()> on_pause;

private:
    LoopbackServer server_;
    std::unique_ptr<ports::HttpClient> http_ = curl::make_curl_client();
    FakeClock clock_;
    FakeRandom random_;
    std::vector<std::chrono::milliseconds> pauses_;
    std::unique_ptr<openai::OpenAiEmbedder> embedder_;
};

}  // namespace engram::testing
