// The languages that words can be stemmed in, as small numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engram::search {

// 0: words stay as they are. Others index the table of Snowball stemmers.
using Language = std::uint8_t;

inline constexpr Language kNoLanguage = 0;
inline constexpr std::size_t kLanguageCount = 29;
inline constexpr Language kPortuguese = 5, kDutch = 7, kArabic = 11;  // whose stems need a helping hand

// The language of an ISO 639-1 code; English where the code is empty, kNoLanguage where there is no stemmer for it.
Language language_of(std::string_view code);

// "en"; empty for kNoLanguage.
std::string_view code_of(Language language);

// Whether its stemmer leaves the first three letters of a word as they are, of stems of three the first two; but for y
// and i.
bool keeps_first_letters(Language language);

// Snowball's name of it: "english". Not for kNoLanguage.
const char* stemmer_name(Language language);

}  // namespace engram::search
