// Words that say nothing about what is looked for.
#pragma once

#include <string_view>

#include "search/language.hpp"

namespace engram::search {

// Whether the word, as fold_word gave it, is one in that language; never for a language without a list.
bool is_stop_word(std::string_view folded, Language language);

}  // namespace engram::search
