// What follows from a change of memories is put into the queue in the same transaction; after it, who listens is told.
#pragma once

#include <functional>

#include "ports/bus.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/queue.hpp"

namespace engram::memory {

inline constexpr const char* kMarkdownKind = "memory.markdown";
inline constexpr const char* kVectorsKind = "memory.vectors";

// What it is made of must outlive it. `vectors`: there are models that tell what memories mean. Any thread.
class Outbox {
public:
    Outbox(ports::Database& database, ports::Queue& queue, ports::Bus& bus, const ports::Clock& clock, bool vectors)
        : database_(database), queue_(queue), bus_(bus), clock_(clock), vectors_(vectors) {}

    // As Database::write, for a body that changes memories of that person; false: it has changed nothing.
    void write(const base::Uuid& owner, const std::function<bool(ports::Transaction&)>& body);

private:
    ports::Database& database_;
    ports::Queue& queue_;
    ports::Bus& bus_;
    const ports::Clock& clock_;
    bool vectors_;
};

}  // namespace engram::memory
