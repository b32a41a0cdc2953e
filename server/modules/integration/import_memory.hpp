// A message of an export as the memory that is made of it.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>

#include "base/id.hpp"
#include "modules/integration/imported_message.hpp"
#include "modules/memory/memory.hpp"

namespace engram::integration {

// Tells equal messages apart: the first "yes" of a minute, the second, ... Used by one thread, for one file read from
// its front. Sees equal ones within the last 65,536 messages: of a chat they lie in one minute.
class EqualMessages {
public:
    // Which of its equals a message is, from 0.
    std::size_t count(const base::Uuid& fingerprint);

private:
    struct Seen {
        std::size_t count = 0, last = 0;
    };

    std::unordered_map<base::Uuid, Seen, base::UuidHash> seen_;
    std::deque<base::Uuid> window_;
    std::size_t first_ = 0;  // the number of the front of the window
};

// What a message is known by in the person's data, whichever export it is read from.
base::Uuid known_by(const ImportedMessage& message, EqualMessages& equals);

// The same of a message that another one names by its key.
base::Uuid known_by_key(const ImportedMessage& message, const std::string& key, std::size_t part);

// The id of its memory: its own, or one that follows from what it is known by; `again`: another, of that import, where
// that one is gone for good.
base::Uuid memory_id_of(const ImportedMessage& message, const base::Uuid& owner, const base::Uuid& fingerprint,
                        const std::optional<base::Uuid>& again);

// All but the id. Throws kInvalid for a class that there is not.
memory::NewMemory new_memory_of(const ImportedMessage& message, const base::Uuid& owner, const base::Uuid& import_id);

}  // namespace engram::integration
