// The vectors of memories' texts: how they are made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/id.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/vector_store.hpp"
#include "ports/embedder.hpp"

namespace engram::memory {

// The text that stands for a memory, and where in it the content begins.
std::string meaning_text(const Memory& memory);
std::size_t content_begin(const Memory& memory);

struct MeaningText {
    base::Uuid memory;
    std::int64_t revision = 0;
    std::string text;
};

// What texts mean now, in their order.
struct MadeVectors {
    std::vector<store::NewVectors> texts;
    std::int64_t dims = 0;     // of those that are new; 0: there are none
    std::int64_t refused = 0;  // the first revision of one that the model makes nothing of; 0: none
};

// `hashes`: of what the memories' vectors were made of; what is the same is not computed again. Throws kUnavailable
// where the model fails.
MadeVectors make_vectors(ports::Embedder& embedder, const std::vector<MeaningText>& texts,
                         const std::vector<std::optional<base::Bytes>>& hashes);

}  // namespace engram::memory
