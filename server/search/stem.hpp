// Word stems by the Snowball algorithms (snowballstem.org), taken further where they part singular and plural.
#pragma once

#include <string_view>

#include "search/language.hpp"

namespace engram::search {

// The stem of a lower-case word in UTF-8, accents in place. The view is good while `word` is, until this
// thread's next call.
std::string_view stem(std::string_view word, Language language);

}  // namespace engram::search
