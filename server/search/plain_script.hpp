// Arabic and Devanagari: scripts in which people spell one word in several ways.
#pragma once

#include <unicode/umachine.h>

#include <string>
#include <string_view>

namespace engram::search {

// For lower-case words, before they are stemmed; other scripts stay. After the rules of Lucene's ArabicNormalizer,
// PersianNormalizer and HindiNormalizer: one alef, yeh, kaf and heh, no tatweel and no vowel marks; no nukta,
// anusvara for candrabindu and for a nasal consonant that stands before one of its kind.
std::string spell_script_plainly(std::string_view lower);

// After stemming: long vowels of Devanagari become short, open ones closed. 0 where the character goes (virama).
UChar32 shorten_vowel(UChar32 c);

}  // namespace engram::search
