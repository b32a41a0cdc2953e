// Texts as vectors: what lies near means alike. Adapters: adapters/onnx (a model on this machine), adapters/openai (any
// service that speaks OpenAI's /v1/embeddings).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engram::ports {

// Models embed a question otherwise than the texts that may answer it.
enum class EmbedPurpose : std::uint8_t {
    kQuery,
    kPassage,
    kPassageNow,  // one that somebody waits for: soon or not at all
};

// Whether vectors can be had.
enum class EmbedderState : std::uint8_t {
    kReady,
    kLoading,      // not yet, without anybody's doing
    kUnavailable,  // not now: `reason` says why and what helps; it is tried again by itself
};

struct EmbedderStatus {
    EmbedderState state = EmbedderState::kLoading;
    std::string reason;  // what went wrong last and has not gone right since; safe to show
};

class Embedder {
public:
    using Vector = std::vector<float>;  // of Euclidean length 1, as many dimensions as all of this model

    virtual ~Embedder() = default;

    // Names the model and its version: vectors of two models cannot be compared. Never changes; at most 100 bytes.
    virtual const std::string& model() const = 0;

    // Any thread, at once. Where the model is not loaded yet, asking begins to load it in the background.
    virtual EmbedderStatus status() = 0;

    // The vectors of `texts`, in their order; what is too long for the model counts by its beginning, and the empty
    // text has a vector too. An empty vector: the model works, but makes nothing of this text. A query goes before
    // passages that wait. Throws kUnavailable where there is no vector to be had (not ready, no answer in time, answers
    // that make no sense). Any thread.
    virtual std::vector<Vector> embed(std::span<const std::string> texts, EmbedPurpose purpose) = 0;

    // How many a vector of it has now, where another version of the model may come under the same name; else, and as
    // long as it is not known, 0. Any thread, at once.
    virtual std::size_t dimensions() const { return 0; }

    // ISO 639-1, where it knows only one language; else empty.
    virtual std::string_view language() const { return {}; }

    // Whether it knows a word, in lower case, as one: then it is hardly a misspelling of another. Any thread, at once;
    // false where it cannot tell.
    virtual bool is_word(std::string_view word) {
        (void)word;
        return false;
    }

    // The parts of a text that get a vector each, in order: cut between sentences or words where possible; none is
    // longer than the model takes in well. Views of `text`; none where it is blank. Any thread, needs no model loaded.
    virtual std::vector<std::string_view> passages(std::string_view text) const = 0;
};

}  // namespace engram::ports
