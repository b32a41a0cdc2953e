#include "adapters/openai/openai_embedder.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "adapters/openai/batches.hpp"
#include "adapters/openai/embeddings_answer.hpp"
#include "adapters/openai/model_habits.hpp"
#include "adapters/openai/service.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "ports/passages.hpp"
#include "ports/text_pieces.hpp"

namespace engram::openai {
namespace {

using ports::EmbedPurpose;
using Vectors = std::vector<ports::Embedder::Vector>;
using Texts = std::span<const std::string>;

constexpr double kPassageTokens = 256;
// Of what is sent; most models take 512, and the estimate is one.
constexpr double kTextTokensMax = 400, kShortestCut = 64;
constexpr std::size_t kNameMax = 100;
constexpr std::string_view kBlank = ".";  // stands for a text that services refuse: one of nothing

// The beginning of a text, up to that many tokens.
std::string_view beginning(std::string_view text, double tokens_max) {
    double tokens = 0;
    std::size_t end = 0;
    for (const ports::TextPiece& piece : ports::split_pieces(text)) {
        tokens += ports::estimate_tokens(text.substr(piece.begin, piece.end - piece.begin));
        if (tokens > tokens_max) break;
        end = piece.word_end;
    }
    return text.substr(0, end);
}

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
          dimensions_(config_.dimensions) {}

    const std::string& model() const override { return name_; }

    ports::EmbedderStatus status() override {
        std::string trouble = service_.trouble();
        if (trouble.empty()) return {ports::EmbedderState::kReady, service_.last_failure()};
        return {ports::EmbedderState::kUnavailable, std::move(trouble)};
    }

    Vectors embed(Texts texts, EmbedPurpose purpose) override {
        const std::vector<std::string> inputs = inputs_of(texts, purpose);
        Vectors vectors;
        vectors.reserve(inputs.size());
        for (Texts rest = inputs; !rest.empty(); rest = Texts(inputs).subspan(vectors.size())) {
            if (purpose == EmbedPurpose::kPassage)
                append_passages(rest, vectors);
            else
                append(BatchSize().front(rest), purpose, vectors);
        }
        return vectors;
    }

    std::vector<std::string_view> passages(std::string_view text) const override {
        return ports::cut_passages(text, kPassageTokens);
    }

    void stop() override { service_.stop(); }

private:
    std::vector<std::string> inputs_of(Texts texts, EmbedPurpose purpose) const {
        const std::string& prefix = purpose == EmbedPurpose::kQuery ? *config_.query_prefix : *config_.passage_prefix;
        std::vector<std::string> inputs;
        inputs.reserve(texts.size());
        for (const std::string& text : texts) {
            const std::string_view front = beginning(text, kTextTokensMax);
            inputs.push_back(prefix + std::string(front.empty() ? kBlank : front));
        }
        return inputs;
    }

    // One request at a time, whoever wants it.
    void append_passages(Texts rest, Vectors& out) {
        const std::lock_guard turn(passages_turn_);
        const Texts batch = batch_size_.front(rest);
        const auto began = clock_.steady_now();
        append(batch, EmbedPurpose::kPassage, out);
        batch_size_.took(batch.size(), clock_.steady_now() - began);
    }

    // Where a request is refused, one of its texts may be the reason: they are sent in halves then, and one that is
    // refused alone by its beginning: it may have more tokens than was estimated.
    void append(Texts texts, EmbedPurpose purpose, Vectors& out) {
        const bool last = texts.size() == 1 && ports::estimate_tokens(texts[0]) <= kShortestCut;
        if (send(texts, purpose, !last, out)) return;
        if (texts.size() == 1) {
            const std::string half(beginning(texts[0], std::max(ports::estimate_tokens(texts[0]) / 2, kShortestCut)));
            return append({&half, 1}, purpose, out);
        }
        append(texts.first(texts.size() / 2), purpose, out);
        append(texts.subspan(texts.size() / 2), purpose, out);
    }

    bool send(Texts texts, EmbedPurpose purpose, bool may_be_refused, Vectors& out) {
        constexpr std::size_t kAnswerBytes = 64 << 10, kVectorBytes = 256 << 10;
        using std::chrono::milliseconds;
        const bool quick = purpose == EmbedPurpose::kQuery;
        CallRules rules{.may_be_refused = may_be_refused};
        rules.time_limit = quick ? config_.query_limit : config_.passage_limit;
        rules.total_limit = quick ? rules.time_limit : 3 * rules.time_limit;
        rules.attempts_max = quick ? 2 : 4;
        rules.first_pause = milliseconds(quick ? 100 : 1'000);
        rules.longest_pause = milliseconds(quick ? 500 : 30'000);
        rules.answer_bytes_max = kAnswerBytes + texts.size() * kVectorBytes;
        return service_.post("/embeddings", body_of(texts), rules, [&](std::string_view answer) {
            Vectors vectors = read_embeddings(answer, texts.size(), dimensions_);
            keep_dimensions(vectors[0].size());
            std::ranges::move(vectors, std::back_inserter(out));
        });
    }

    std::string body_of(Texts texts) const {
        std::string body = "{\"model\":";
        base::append_json_string(body, config_.model);
        body += ",\"encoding_format\":\"float\"";
        if (config_.dimensions > 0) (body += ",\"dimensions\":") += std::to_string(config_.dimensions);
        body += ",\"input\":[";
        for (const std::string& text : texts) {
            if (&text != texts.data()) body += ',';
            base::append_json_string(body, text);
        }
        return body += "]}";
    }

    // The first answer says how many a vector has; all later ones have as many.
    void keep_dimensions(std::size_t seen) {
        std::size_t known = 0;
        if (dimensions_.compare_exchange_strong(known, seen) || known == seen) return;
        throw base::Error(base::Code::kMalformed,
                          "a vector of " + base::counted(seen, "dimension") + " instead of " + base::grouped(known));
    }

    OpenAiConfig config_;  // without its key
    const std::string name_;
    const ports::Clock& clock_;
    Service service_;
    std::atomic<std::size_t> dimensions_;  // 0: not known yet
    std::mutex passages_turn_;
    BatchSize batch_size_;
};

}  // namespace

std::unique_ptr<OpenAiEmbedder> make_openai_embedder(OpenAiConfig config, const OpenAiParts& parts) {
    return std::make_unique<Embedder>(std::move(config), parts);
}

}  // namespace engram::openai
