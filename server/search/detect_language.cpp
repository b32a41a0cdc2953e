#include "search/detect_language.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <climits>

#include "base/text.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kLettersMin = 20;
constexpr std::size_t kLookedAtMax = 200;  // code points: enough for CLD2, and every write pays for more

// Letters of scripts other than Latin say more each: a Chinese sentence may have ten.
std::size_t weigh_letters(std::string_view text) {
    std::size_t weight = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        weight += letter || byte >= 0x80 ? 1 : 0;
    }
    return weight;
}

// Everyday words that no other language written in plain letters has. Two thirds of the texts of an English speaker
// hold three of them, and are spared CLD2, which costs a tenth of a whole write.
constexpr std::array<std::string_view, 24> kEnglishOnly = {
    "the",  "and",   "that", "with",  "this",  "have",  "you",   "what",  "they",  "from",  "are",     "were",
    "your", "about", "when", "there", "would", "which", "their", "could", "where", "going", "because", "should"};

bool is_plainly_english(std::string_view text) {
    std::size_t at = 0, found = 0;
    while (at < text.size() && found < 3) {
        const std::size_t end = std::min(text.find_first_of(" \n.,!?;:", at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (word.size() >= 3 && word.size() <= 7)
            found +=
                std::find(kEnglishOnly.begin(), kEnglishOnly.end(), base::to_lower_ascii(word)) != kEnglishOnly.end();
        at = end + 1;
    }
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    return found >= 3 && std::all_of(text.begin(), text.end(), is_ascii);
}

// CLD2 still speaks some codes of its time.
std::string modern_code(std::string_view code) {
    code = code.substr(0, code.find('-'));
    if (code == "iw") return "he";
    if (code == "jw") return "jv";
    return code.size() == 2 ? std::string(code) : std::string();
}

}  // namespace

std::string detect_language(std::string_view text) {
    const std::string_view front =
        base::cut_code_points(text.substr(0, std::min(text.size(), 4 * kLookedAtMax)), kLookedAtMax);
    if (weigh_letters(front) < kLettersMin) return {};
    if (is_plainly_english(front)) return "en";
    bool reliable = false;
    int valid_bytes = 0;
    const auto language =
        CLD2::DetectLanguageCheckUTF8(front.data(), static_cast<int>(front.size()), true, &reliable, &valid_bytes);
    if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
    return modern_code(CLD2::LanguageCode(language));
}

}  // namespace engram::search
