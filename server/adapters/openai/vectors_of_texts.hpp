// Asks a service for the vectors of texts, and finds out which of them it can make nothing of. Internal.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/openai/openai_embedder.hpp"
#include "adapters/openai/service.hpp"

namespace engram::openai {

// How long somebody waits for vectors, and what is tried for them.
struct Patience {
    CallRules rules;                                                                             // of each request
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();  // of all of them
};

// Any thread.
class VectorsOfTexts {
public:
    using Vectors = std::vector<ports::Embedder::Vector>;
    using Texts = std::span<const std::string>;

    // What it is made of must outlive it.
    VectorsOfTexts(Service& service, const ports::Clock& clock, const OpenAiConfig& config)
        : service_(service), clock_(clock), config_(config), dimensions_(config.dimensions) {}

    // Appends their vectors to `out`, by one request where all goes well; an empty one of a text that the service
    // refuses or fails over, however short, while it answers others. Throws kUnavailable where the service fails.
    void append(Texts texts, const Patience& patience, Vectors& out);

    // How many all vectors have; 0: not known yet.
    std::size_t dimensions() const;

    // Stands for a text that services refuse: one of nothing.
    static constexpr std::string_view kBlank = ".";

private:
    void append_one(const std::string& text, const Patience& patience, Vectors& out);
    void append_last(const std::string& text, const Patience& patience, Vectors& out);
    // Whether they have been; else one of them may be at fault, for the service works.
    bool try_to_append(Texts texts, const Patience& patience, Vectors& out);
    // By these rules, but for what depends on the texts and the time.
    Posted send(Texts texts, CallRules rules, const Patience& patience, Vectors& out);
    void see_that_it_works(const Patience& patience, const Posted& posted);
    std::string body_of(Texts texts) const;
    void keep_dimensions(const Vectors& vectors);

    Service& service_;
    const ports::Clock& clock_;
    const OpenAiConfig& config_;
    mutable std::mutex mutex_;    // of what follows
    std::size_t dimensions_ = 0;  // 0: not known yet
    std::size_t others_ = 0;      // of the last answers, those with others
    std::size_t other_number_ = 0;
};

// The beginning of a text, up to so many tokens.
std::string_view beginning(std::string_view text, double tokens_max);

}  // namespace engram::openai
