// Filters of memories, as the person's index answers them.
#pragma once

#include <string>
#include <vector>

#include "modules/memory/memory.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// What can be asked of a memory beside its class, source and time: "tag:tea", "has:link", "pinned", ...
std::vector<std::string> marks_of(const Memory& memory);

inline constexpr std::string_view kTagMark = "tag:";  // and the tag as it is written
inline constexpr std::string_view kPinnedMark = "pinned";
std::string has_mark(std::string_view what);        // one of kHas
std::string folded_tag_mark(std::string_view tag);  // of the tag however it is written

// Of who a memory is from: the author's name, a word of it, or the source, however they are written.
std::string from_mark(std::string_view name);

ports::IndexFilter index_filter(const MemoryFilter& filter);
ports::IndexFilter index_filter(const SearchQuery& query);

// The same for a memory at hand.
bool passes(const ports::IndexFilter& filter, const Memory& memory);

// Who said it, where an import knows; else empty.
std::string author_name(const base::JsonText& metadata);

// What a memory was said in; empty: it stands alone. Somebody must have said it: its author is known, or named in front
// of it ("Anna: ...").
std::string conversation_of(const Memory& memory, std::string_view author);

// A text that ends in a question mark, of whatever script.
bool is_question(std::string_view text);

}  // namespace engram::memory
