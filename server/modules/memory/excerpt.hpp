// What of a text to show somebody who looked for words in it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "modules/memory/memory.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

inline constexpr std::size_t kExcerptBytes = 240;

// A short text whole; of a long one the stretch of about kExcerptBytes that has the most different words of `spans`,
// the first of several, cut between words where there are any, never in a character; "…" where it was cut. `spans` lie
// apart and in order; where there are none the stretch begins at `otherwise`. Linear in both. The text is well-formed
// UTF-8.
Highlight excerpt(std::string field, std::string_view text, std::span<const ports::Highlight> spans,
                  std::size_t otherwise = 0);

}  // namespace engram::memory
