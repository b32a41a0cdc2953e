// ports::Embedder over a service that speaks OpenAI's /v1/embeddings: OpenAI itself, Ollama, vLLM, llama.cpp, ...
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ports/clock.hpp"
#include "ports/embedder.hpp"
#include "ports/http_client.hpp"
#include "ports/random.hpp"

namespace engram::openai {

struct OpenAiConfig {
    std::string url;      // up to its version: "http://127.0.0.1:11434/v1"
    std::string api_key;  // empty: none is sent
    std::string model;
    // Stands before each text; absent: what is known of the model's name, else nothing.
    std::optional<std::string> query_prefix, passage_prefix;
    std::size_t dimensions = 0;  // asked of the service; 0: as it gives
    std::chrono::milliseconds query_limit{3'000}, passage_limit{60'000};
};

// What the embedder works with; all of it outlives it.
struct OpenAiParts {
    ports::HttpClient& http;
    const ports::Clock& clock;
    ports::Random& random;
    // How it waits before it asks again; empty: on the calling thread, until stop().
    std::function<void(std::chrono::milliseconds)> wait = {};
};

// Queries, and passages that somebody waits for, are sent at once. Passages go one request after the other, in batches
// of a size that the service answers within a second or two, so that a query does not stand behind much where it has
// one queue. Failures are tried again: passages for up to some minutes, queries once and quickly. After three in a row
// the service is left alone for a while: status() says kUnavailable until the next embed() may try it. What fails while
// another text goes well is no failure of the service: it is narrowed down to the texts at fault.
class OpenAiEmbedder : public ports::Embedder {
public:
    // Nothing is waited for any more: embed() ends within about a second, with kUnavailable. Any thread.
    virtual void stop() = 0;
};

// Throws kInvalid where URL or model are none. Asks nothing of the service.
std::unique_ptr<OpenAiEmbedder> make_openai_embedder(OpenAiConfig config, const OpenAiParts& parts);

}  // namespace engram::openai
