// Word stems by the Snowball algorithms (snowballstem.org).
#pragma once

#include <string_view>

#include "search/language.hpp"

namespace engram::search {

// The stem of a lower-case word in UTF-8, accents in place. The view is good until this thread's next call.
std::string_view stem(std::string_view word, Language language);

}  // namespace engram::search
