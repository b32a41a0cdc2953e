#include "adapters/onnx/onnx_embedder.hpp"

#include <malloc.h>

#include <mutex>
#include <optional>
#include <utility>

#include "adapters/onnx/onnx_model.hpp"
#include "adapters/onnx/passages.hpp"
#include "adapters/onnx/turns.hpp"
#include "adapters/onnx/wordpiece.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/thread.hpp"

namespace engram::onnx {
namespace {

using ports::EmbedderState;
using ports::EmbedPurpose;

constexpr std::chrono::seconds kTryAgainAfter{30};
constexpr std::size_t kTokensMax = 256;  // the time for a token grows with their number: 512 cost three times as much

// The model was trained with these in front.
std::string with_prefix(const std::string& text, EmbedPurpose purpose) {
    return (purpose == EmbedPurpose::kQuery ? "query: " : "passage: ") + text;
}

std::string check_and_read(const OnnxFiles& files) {
    check_pinned(files.library);
    check_pinned(files.model);
    return read_pinned(files.tokenizer);
}

std::string reason_of(const std::exception& error) {
    const auto* known = dynamic_cast<const base::Error*>(&error);
    if (known == nullptr) return "The embedding model cannot be loaded.";
    return known->code() == base::Code::kUnavailable ? known->safe()
                                                     : "The embedding model cannot be loaded. " + known->safe();
}

// The files are checked before the library is opened.
struct Loaded {
    explicit Loaded(const OnnxFiles& files)
        : vocabulary(check_and_read(files)), model(files.library.path, files.model.path) {
        embed("", EmbedPurpose::kQuery);  // a model that cannot work is noticed here
    }

    std::vector<float> embed(const std::string& text, EmbedPurpose purpose) const {
        return model.embed(encode(vocabulary, with_prefix(text, purpose), kTokensMax));
    }

    const Vocabulary vocabulary;
    const OnnxModel model;
};

class OnnxEmbedder final : public ports::Embedder {
public:
    OnnxEmbedder(OnnxFiles files, const ports::Clock& clock)
        : files_(std::move(files)), clock_(clock), name_(files_.model_name + ":" + files_.model.sha256.substr(0, 8)) {}

    const std::string& model() const override { return name_; }

    ports::EmbedderStatus status() override {
        const std::lock_guard lock(mutex_);
        load_where_due();
        return status_;
    }

    std::vector<Vector> embed(std::span<const std::string> texts, EmbedPurpose purpose) override {
        const Loaded& loaded = ready();
        std::vector<Vector> vectors;
        vectors.reserve(texts.size());
        for (const std::string& text : texts) {
            const Turns::Turn turn(turns_, purpose);
            vectors.push_back(loaded.embed(text, purpose));
        }
        return vectors;
    }

    std::string_view language() const override { return files_.language; }

    bool is_word(std::string_view word) override {
        constexpr std::size_t kAlone = 3;  // between the tokens of beginning and end
        const std::lock_guard lock(mutex_);
        if (!loaded_) return false;
        const auto ids = encode(loaded_->vocabulary, word, kAlone + 1);
        return ids.size() == kAlone && ids[1] != loaded_->vocabulary.unknown_id();
    }

    std::vector<std::string_view> passages(std::string_view text) const override { return cut_passages(text); }

private:
    const Loaded& ready() {
        const std::lock_guard lock(mutex_);
        load_where_due();
        if (loaded_) return *loaded_;
        const bool loading = status_.state == EmbedderState::kLoading;
        base::Error error(base::Code::kUnavailable, loading ? "The embedding model is being loaded." : status_.reason);
        error.retry_after = loading ? std::chrono::seconds(1) : kTryAgainAfter;
        throw error;
    }

    void load_where_due() {
        if (loaded_ || loading_ || clock_.steady_now() < try_at_.value_or(clock_.steady_now())) return;
        loading_ = true;
        loader_ = base::Thread("embedder", [this](const std::stop_token&) { load(); });  // the one before has ended
    }

    // The edge of its thread: what goes wrong becomes the status.
    void load() {
        try {
            auto loaded = std::make_unique<const Loaded>(files_);
            ::malloc_trim(0);  // what only loading needed
            settle(std::move(loaded), {EmbedderState::kReady, {}});
        } catch (const std::exception& error) {
            base::log(base::Severity::kWarning, "no embedding model", {{"error", base::describe(error)}});
            settle(nullptr, {EmbedderState::kUnavailable, reason_of(error)});
        }
    }

    void settle(std::unique_ptr<const Loaded> loaded, ports::EmbedderStatus status) {
        const std::lock_guard lock(mutex_);
        loaded_ = std::move(loaded);
        status_ = std::move(status);
        try_at_ = clock_.steady_now() + kTryAgainAfter;
        loading_ = false;
    }

    const OnnxFiles files_;
    const ports::Clock& clock_;
    const std::string name_;
    Turns turns_{base::core_count()};

    std::mutex mutex_;
    ports::EmbedderStatus status_;
    std::unique_ptr<const Loaded> loaded_;  // once there, it stays
    std::optional<std::chrono::steady_clock::time_point> try_at_;
    bool loading_ = false;
    base::Thread loader_;  // last: it ends before what it uses
};

}  // namespace

std::unique_ptr<ports::Embedder> make_onnx_embedder(OnnxFiles files, const ports::Clock& clock) {
    return std::make_unique<OnnxEmbedder>(std::move(files), clock);
}

}  // namespace engram::onnx
