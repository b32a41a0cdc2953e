#include "search/stem.hpp"

#include <libstemmer.h>

#include <array>
#include <memory>

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

}  // namespace

std::string_view stem(std::string_view word, Language language) {
    if (language == kNoLanguage) return word;
    sb_stemmer* stemmer = stemmer_for(language);
    if (stemmer == nullptr) return word;
    const sb_symbol* result =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (result == nullptr) return word;
    const auto length = static_cast<std::size_t>(sb_stemmer_length(stemmer));
    return length == 0 ? word : std::string_view(reinterpret_cast<const char*>(result), length);
}

}  // namespace engram::search
