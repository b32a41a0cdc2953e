// POST /embeddings
#pragma once

#include <boost/describe/class.hpp>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "http/route.hpp"
#include "ports/embedder.hpp"

namespace engram::ai {

inline constexpr std::size_t kTextsMax = 100, kTextMax = 10'000;

struct Embeddings {
    std::vector<std::vector<double>> embeddings;  // of length 1, in the order of the texts
    std::string model;
    std::int64_t dimensions = 0;
};
BOOST_DESCRIBE_STRUCT(Embeddings, (), (embeddings, model, dimensions))

class EmbedTexts {
public:
    struct Input {
        std::vector<std::string> texts;
        std::optional<std::string> purpose;
        static std::vector<http::FieldRule> rules();
    };
    using Output = Embeddings;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/embeddings",
                                        .scope = "search",
                                        .summary = "What texts mean, as vectors of the model that searches use",
                                        .tag = "ai",
                                        .body_bytes_max = 8U << 20,
                                        .also = {503}};

    // So many are answered side by side: a model or service that is slow does not take the threads of everybody.
    static constexpr std::ptrdiff_t kCallsMax = 8;

    // nullptr: there is no model.
    explicit EmbedTexts(ports::Embedder* embedder)
        : embedder_(embedder), free_(std::make_shared<std::counting_semaphore<kCallsMax>>(kCallsMax)) {}

    http::Answer<Output> process(const http::Caller& caller, const Input& input) const;

private:
    ports::Embedder* embedder_;
    std::shared_ptr<std::counting_semaphore<kCallsMax>> free_;
};
BOOST_DESCRIBE_STRUCT(EmbedTexts::Input, (), (texts, purpose))

}  // namespace engram::ai
