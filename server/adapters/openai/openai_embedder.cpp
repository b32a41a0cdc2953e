#include "adapters/openai/openai_embedder.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "adapters/openai/batches.hpp"
#include "adapters/openai/model_habits.hpp"
#include "adapters/openai/service.hpp"
#include "adapters/openai/vectors_of_texts.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "ports/passages.hpp"

namespace engram::openai {
namespace {

using ports::EmbedPurpose;
using Vectors = std::vector<ports::Embedder::Vector>;
using Texts = std::span<const std::string>;

constexpr double kPassageTokens = 256;
// Of what is sent; most models take 512, and the estimate is one.
constexpr double kTextTokensMax = 400;
constexpr std::size_t kNameMax = 100;

std::string name_of(const OpenAiConfig& config) {
    std::string name = "openai:" + config.model;
    if (config.dimensions > 0) (name += ':') += std::to_string(config.dimensions);
    if (name.size() <= kNameMax) return name;
    const std::string mark = '~' + base::to_hex(base::hash_text(name)).substr(0, 16);
    std::size_t end = kNameMax - mark.size();
    while (base::is_continuation(name[end])) --end;
    return name.substr(0, end) + mark;
}

OpenAiConfig checked(OpenAiConfig config) {
    const auto refuse = [](const char* why) { throw base::Error(base::Code::kInvalid, why); };
    config.url = base::trim(config.url);
    config.api_key = base::trim(config.api_key);  // one from a file ends with a line
    config.model = base::trim(config.model);
    while (config.url.ends_with('/')) config.url.pop_back();
    if (!config.url.starts_with("http://") && !config.url.starts_with("https://"))
        refuse("The URL of the embedding service must begin with http:// or https://.");
    if (config.model.empty() || !base::is_utf8(config.model)) refuse("The embedding service needs a model's name.");
    const Prefixes known = known_prefixes(config.model);
    if (!config.query_prefix) config.query_prefix = known.query;
    if (!config.passage_prefix) config.passage_prefix = known.passage;
    return config;
}

class Embedder final : public OpenAiEmbedder {
public:
    Embedder(OpenAiConfig config, const OpenAiParts& parts)
        : config_(checked(std::move(config))),
          name_(name_of(config_)),
          clock_(parts.clock),
          service_({config_.url, std::exchange(config_.api_key, {}), config_.model}, parts),
          vectors_(service_, clock_, config_) {}

    const std::string& model() const override { return name_; }

    ports::EmbedderStatus status() override {
        std::string trouble = service_.trouble();
        if (trouble.empty()) return {ports::EmbedderState::kReady, service_.last_failure()};
        return {ports::EmbedderState::kUnavailable, std::move(trouble)};
    }

    Vectors embed(Texts texts, EmbedPurpose purpose) override {
        const std::vector<std::string> inputs = inputs_of(texts, purpose);
        const Patience patience = patience_of(texts.size(), purpose);
        Vectors vectors;
        vectors.reserve(inputs.size());
        for (Texts rest = inputs; !rest.empty(); rest = Texts(inputs).subspan(vectors.size())) {
            if (purpose == EmbedPurpose::kPassage)
                append_passages(rest, patience, vectors);
            else
                vectors_.append(BatchSize().front(rest), patience, vectors);
        }
        return vectors;
    }

    std::vector<std::string_view> passages(std::string_view text) const override {
        return ports::cut_passages(text, kPassageTokens);
    }

    std::size_t dimensions() const override { return vectors_.dimensions(); }

    void stop() override { service_.stop(); }

private:
    std::vector<std::string> inputs_of(Texts texts, EmbedPurpose purpose) const {
        const std::string& prefix = purpose == EmbedPurpose::kQuery ? *config_.query_prefix : *config_.passage_prefix;
        std::vector<std::string> inputs;
        inputs.reserve(texts.size());
        for (const std::string& text : texts) {
            const std::string_view front = beginning(text, kTextTokensMax);
            inputs.push_back(prefix + std::string(front.empty() ? VectorsOfTexts::kBlank : front));
        }
        return inputs;
    }

    // One request at a time, whoever wants it.
    void append_passages(Texts rest, const Patience& patience, Vectors& out) {
        const std::lock_guard turn(passages_turn_);
        const Texts batch = batch_size_.front(rest);
        const auto began = clock_.steady_now();
        vectors_.append(batch, patience, out);
        batch_size_.took(batch.size(), clock_.steady_now() - began);
    }

    // Who waits for an answer has little time, whoever embeds in the background some minutes.
    Patience patience_of(std::size_t texts, EmbedPurpose purpose) const {
        using std::chrono::milliseconds;
        constexpr milliseconds kEachMore{100};
        if (purpose == EmbedPurpose::kPassage)
            return {.rules = {.time_limit = config_.passage_limit,
                              .total_limit = 3 * config_.passage_limit,
                              .attempts_max = 4,
                              .first_pause = milliseconds(1'000),
                              .longest_pause = milliseconds(30'000),
                              .suspect_silence = true}};
        const milliseconds limit = config_.query_limit + kEachMore * texts;
        return {.rules = {.time_limit = config_.query_limit,
                          .total_limit = config_.query_limit,
                          .attempts_max = 2,
                          .first_pause = milliseconds(100),
                          .longest_pause = milliseconds(500)},
                .until = clock_.steady_now() + limit};
    }

    OpenAiConfig config_;  // without its key
    const std::string name_;
    const ports::Clock& clock_;
    Service service_;
    VectorsOfTexts vectors_;
    std::mutex passages_turn_;
    BatchSize batch_size_;
};

}  // namespace

std::unique_ptr<OpenAiEmbedder> make_openai_embedder(OpenAiConfig config, const OpenAiParts& parts) {
    return std::make_unique<Embedder>(std::move(config), parts);
}

}  // namespace engram::openai
