// One spelling for every way to write a word.
#pragma once

#include <string>
#include <string_view>

namespace engram::search {

// Lower case with accents in place, as stemmers want it: NFKC_Casefold (UAX #31), which also drops what cannot be
// seen; dots of abbreviations go (u.s.a → usa), every apostrophe becomes the plain one, digits of every script ASCII,
// numbers are spelled plainly (numbers.hpp). Never throws for any bytes.
std::string lower_word(std::string_view word);

// Accents of Latin, Greek, Hebrew and Arabic letters go (NFKD, UAX #15), ø → o, ß → ss, ё → е; й and the vowel signs
// of other scripts are letters and stay; Arabic and Devanagari get one spelling (plain_script.hpp); apostrophes within
// words go, as people leave them out. For what lower_word gave.
std::string fold_word(std::string_view lower);

bool is_ascii(std::string_view text);

}  // namespace engram::search
