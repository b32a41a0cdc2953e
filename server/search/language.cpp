#include "search/language.hpp"

#include <array>

namespace engram::search {
namespace {

struct Row {
    std::string_view code;
    const char* stemmer;
};

// English first after "none": most lookups end there.
constexpr std::array<Row, kLanguageCount> kRows = {{
    {"", ""},
    {"en", "english"},
    {"de", "german"},
    {"es", "spanish"},
    {"fr", "french"},
    {"pt", "portuguese"},
    {"it", "italian"},
    {"nl", "dutch"},
    {"sv", "swedish"},
    {"ru", "russian"},
    {"tr", "turkish"},
    {"ar", "arabic"},
    {"ca", "catalan"},
    {"da", "danish"},
    {"el", "greek"},
    {"eu", "basque"},
    {"fi", "finnish"},
    {"ga", "irish"},
    {"hi", "hindi"},
    {"hu", "hungarian"},
    {"hy", "armenian"},
    {"id", "indonesian"},
    {"lt", "lithuanian"},
    {"ne", "nepali"},
    {"no", "norwegian"},
    {"ro", "romanian"},
    {"sr", "serbian"},
    {"ta", "tamil"},
    {"yi", "yiddish"},
}};
static_assert(kRows[kPortuguese].code == "pt" && kRows[kDutch].code == "nl" && kRows[kArabic].code == "ar");

}  // namespace

Language language_of(std::string_view code) {
    if (code.empty()) return 1;
    if (code == "nb" || code == "nn") code = "no";
    for (std::size_t i = 1; i < kRows.size(); ++i)
        if (kRows[i].code == code) return static_cast<Language>(i);
    return kNoLanguage;
}

std::string_view code_of(Language language) { return kRows[language].code; }

bool keeps_first_letters(Language language) {
    const std::string_view code = code_of(language);
    return code != "ar" && code != "ga" && code != "id" && code != "nl" && code != "ta";
}

const char* stemmer_name(Language language) { return kRows[language].stemmer; }

}  // namespace engram::search
