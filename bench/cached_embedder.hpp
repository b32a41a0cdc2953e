// An embedder that keeps its vectors in a file, so that a ranking can be tuned without waiting for them each time.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <unordered_map>

#include "ports/embedder.hpp"

namespace engram::bench {

// What is not in the file is asked of `inner`, one text after the other, and added. One thread at a time.
class CachedEmbedder final : public ports::Embedder {
public:
    CachedEmbedder(ports::Embedder& inner, const std::filesystem::path& file);

    const std::string& model() const override { return inner_.model(); }
    ports::EmbedderStatus status() override { return inner_.status(); }
    std::vector<Vector> embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) override;
    std::string_view language() const override { return inner_.language(); }
    bool is_word(std::string_view word) override { return inner_.is_word(word); }
    std::vector<std::string_view> passages(std::string_view text) const override { return inner_.passages(text); }

private:
    ports::Embedder& inner_;
    std::unordered_map<std::string, Vector> known_;
    std::ofstream file_;
};

}  // namespace engram::bench
