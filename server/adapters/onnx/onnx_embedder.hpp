// Texts as vectors by a model on this machine: e5-small-v2 under ONNX Runtime.
#pragma once

#include <memory>

#include "adapters/onnx/onnx_files.hpp"
#include "ports/clock.hpp"
#include "ports/embedder.hpp"

namespace engram::onnx {

// Costs nothing until it is asked for the first time; then it loads in the background (about a second of CPU, 80 MB)
// and refuses until that is done. Where files are missing or not the pinned ones, it says so and looks again when asked
// 30 seconds later. Loaded, it uses no threads but the callers', at most one a core at once. `clock` outlives it; no
// call may last beyond it.
std::unique_ptr<ports::Embedder> make_onnx_embedder(OnnxFiles files, const ports::Clock& clock);

}  // namespace engram::onnx
