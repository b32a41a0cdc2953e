#include "modules/memory/text_language.hpp"

#include "base/text.hpp"

namespace engram::memory {
namespace {

// "de" of "de-DE" (BCP 47).
std::string language_of(const std::optional<user::User>& owner) {
    if (!owner || !owner->locale) return {};
    const std::string_view locale = *owner->locale;
    const std::string_view language = locale.substr(0, locale.find_first_of("-_"));
    return language.size() == 2 ? base::to_lower_ascii(language) : std::string();
}

}  // namespace

std::string TextLanguage::of(std::string_view text) {
    std::string shown = index_.detect_language(text);
    if (!shown.empty()) return shown;
    if (!own_) own_ = language_of(users_.find(owner_));
    return *own_;
}

}  // namespace engram::memory
