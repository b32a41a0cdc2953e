// What a glance at a text tells: most need nothing but the plain way.
#pragma once

#include <string_view>

namespace engram::search {

struct TextTraits {
    bool ascii = true;
    bool may_join_words = false;   // a hyphen stands between two characters of words
    bool may_hold_phones = false;  // it has seven digits
};

// About a nanosecond for eight bytes.
TextTraits traits_of(std::string_view text);

}  // namespace engram::search
