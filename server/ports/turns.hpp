// Who may use the model now: whoever asks a question goes before texts that are stored, and the cores are not shared
// out twice.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "ports/embedder.hpp"

namespace engram::ports {

// At most `slots` at once. A passage starts only where no query waits, and, where there are several slots, leaves one
// of them to queries. Any thread.
class Turns {
public:
    explicit Turns(std::size_t slots) : slots_(slots) {}
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;

    // Held while the model works.
    class Turn {
    public:
        // Waits until it is its turn.
        Turn(Turns& turns, EmbedPurpose purpose) : turns_(turns), purpose_(purpose) { turns_.enter(purpose_); }
        ~Turn() { turns_.leave(purpose_); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Turns& turns_;
        const EmbedPurpose purpose_;
    };

    std::size_t waiting(EmbedPurpose purpose) const;

private:
    struct Counts {
        std::size_t waiting = 0, running = 0;
    };

    void enter(EmbedPurpose purpose);
    void leave(EmbedPurpose purpose);
    bool may_start(EmbedPurpose purpose) const;
    Counts& counts(EmbedPurpose purpose);

    const std::size_t slots_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Counts queries_, passages_;
};

}  // namespace engram::ports
