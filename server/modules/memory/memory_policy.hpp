// Who may do what with a memory: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// What engram can keep as its class asks for: level 1 until texts can be sealed.
inline constexpr int kLevelKept = 1;

// The level of a class that is known. Throws kInvalid for a word that is no class, kForbidden
// (security-level-required) for a level that this actor, or this engram, may not keep.
int allowed_level(const Actor& actor, std::string_view classification);

// Throws kInvalid unless 1970 <= time <= now + 1 day.
void check_created_at(base::Time time, base::Time now);

// May the actor see the text of a memory at that level?
bool may_read(const Actor& actor, int level);

// Takes out of a memory what the actor may not see, and says so in `lock`.
void withhold_from(const Actor& actor, Memory& memory);

}  // namespace engram::memory
