// Words that ask for memories and say nothing of what is in them: "what did I do", "was ist passiert". Pure.
#pragma once

#include <string_view>

namespace engram::memory {

// `folded` as base::fold_text() gives it. In seven languages, which are not told apart.
bool is_filler(std::string_view folded);

}  // namespace engram::memory
