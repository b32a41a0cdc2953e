#include "search/stem.hpp"

#include <libstemmer.h>

#include <array>
#include <memory>
#include <string>

namespace engram::search {
namespace {

struct Close {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, Close>;

// A stemmer holds the word it works on, so every thread has its own; opened when first needed.
sb_stemmer* stemmer_for(Language language) {
    thread_local std::array<Stemmer, kLanguageCount> stemmers;
    Stemmer& stemmer = stemmers[language];
    if (!stemmer) stemmer.reset(sb_stemmer_new(stemmer_name(language), nullptr));
    return stemmer.get();
}

std::string_view stem_once(std::string_view word, Language language) {
    sb_stemmer* stemmer = stemmer_for(language);
    if (stemmer == nullptr) return word;
    const sb_symbol* result =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (result == nullptr) return word;
    const auto length = static_cast<std::size_t>(sb_stemmer_length(stemmer));
    return length == 0 ? word : std::string_view(reinterpret_cast<const char*>(result), length);
}

void replace_end(std::string& word, std::string_view end, std::string_view other) {
    if (word.ends_with(end)) word.replace(word.size() - end.size(), end.size(), other);
}

// huizen → huiz → huis, fietsen → fiets → fiet as fiets does; al-madrasa → madrasa → madras as madrasa does;
// canções → cançõ → cançã as canção does.
std::string_view stem_on(std::string_view first, Language language) {
    thread_local std::string form;
    form = first;
    if (language == kPortuguese) {
        replace_end(form, "õ", "ã");
        return form;
    }
    if (language == kDutch) {
        replace_end(form, "z", "s");
        replace_end(form, "v", "f");
    }
    return stem_once(form, language);
}

}  // namespace

std::string_view stem(std::string_view word, Language language) {
    if (language == kNoLanguage) return word;
    const std::string_view first = stem_once(word, language);
    const bool goes_on = language == kPortuguese || language == kDutch || language == kArabic;
    return goes_on ? stem_on(first, language) : first;
}

}  // namespace engram::search
