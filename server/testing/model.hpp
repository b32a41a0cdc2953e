// The real embedding model, loaded once for all tests of a program, and one that a test can take away.
#pragma once

#include <atomic>

#include "ports/embedder.hpp"

namespace engram::testing {

// Ready when this returns. Throws where the set-up has not brought it.
ports::Embedder& shared_model();

// As shared_model(), under a name of one's own, while it is there.
class TestModel final : public ports::Embedder {
public:
    explicit TestModel(std::string name = "test") : name_(std::move(name)) {}

    const std::string& model() const override { return name_; }
    ports::EmbedderStatus status() override {
        if (there) return {ports::EmbedderState::kReady, {}};
        return {ports::EmbedderState::kUnavailable, "The model was taken away."};
    }
    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) override;
    std::vector<std::string_view> passages(std::string_view text) const override {
        return shared_model().passages(text);
    }

    std::atomic<bool> there = true, fails = false;  // fails: it is there, but answers nothing
    std::atomic<int> texts_embedded = 0;

private:
    std::string name_;
};

}  // namespace engram::testing
