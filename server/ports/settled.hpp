// For whoever has nothing else to do than to wait for a model.
#pragma once

#include <thread>

#include "ports/embedder.hpp"

namespace engram::ports {

// Waits while it is being loaded; begins that where nobody has.
inline EmbedderStatus settled(Embedder& embedder) {
    for (;;) {
        EmbedderStatus status = embedder.status();
        if (status.state != EmbedderState::kLoading) return status;
        std::this_thread::yield();
    }
}

}  // namespace engram::ports
