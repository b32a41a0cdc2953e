#include "search/word_parts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::array<std::string_view, 23> kElisions = {
    "l",    "d",    "j",    "m",   "t",    "s",     "n",     "c",     "qu",     "un",     "all",   "dell",
    "nell", "sull", "dall", "dal", "coll", "jusqu", "quell", "quest", "lorsqu", "puisqu", "quoiqu"};
constexpr std::array<std::string_view, 6> kEndings = {"s", "ll", "re", "ve", "d", "m"};
// Of Turkish names, which keep their form before them: Ankara'ya, İzmir'de.
constexpr std::array<std::string_view, 36> kTurkishEndings = {
    "da",  "de",  "ta",  "te",  "dan", "den", "tan", "ten", "ya", "ye", "yı",   "yi",
    "yu",  "yü",  "nın", "nin", "nun", "nün", "ın",  "in",  "un", "ün", "la",   "le",
    "yla", "yle", "lar", "ler", "li",  "lı",  "lu",  "lü",  "ca", "ce", "daki", "deki"};
constexpr std::array<std::string_view, 6> kTurkishVowelEndings = {"a", "e", "ı", "i", "u", "ü"};
constexpr std::string_view kVowels = "aeiouAEIOU";

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& list, std::string_view word) {
    return word.size() <= 6 && std::find(list.begin(), list.end(), base::to_lower_ascii(word)) != list.end();
}

struct Range {
    std::size_t begin = 0, end = 0;
};

// Bytes that a character like an apostrophe begins with: nearly all others are none.
bool may_begin_apostrophe(char c) {
    return c == '\'' || c == '`' || c == '\xc2' || c == '\xca' || c == '\xe2' || c == '\xef';
}

// The first apostrophe from `at` on.
Range find_apostrophe(std::string_view text, std::size_t at, std::size_t end) {
    for (; at < end; ++at) {
        if (!may_begin_apostrophe(text[at])) continue;
        std::size_t next = at;
        if (is_apostrophe(next_character(text, end, next))) return {at, next};
    }
    return {end, end};
}

// A vowel alone follows consonants only, so that Hawai'i and Sana'a stay whole.
bool is_ending(std::string_view front, std::string_view back) {
    if (holds(kEndings, back)) return true;
    if (front.size() < 3) return false;
    return holds(kTurkishEndings, back) ||
           (front.size() > 3 && static_cast<unsigned char>(front.back()) < 0x80 &&
            kVowels.find(front.back()) == std::string_view::npos && holds(kTurkishVowelEndings, back));
}

// Marks of direction and the like that a word drags behind it.
std::size_t trim_end(std::string_view text, std::size_t begin, std::size_t end) {
    while (end > begin && static_cast<unsigned char>(text[end - 1]) >= 0x80) {
        std::size_t last = end - 1;
        while (last > begin && base::is_continuation(text[last])) --last;
        std::size_t at = last;
        if (!is_invisible(next_character(text, end, at)) || at != end) break;
        end = last;
    }
    return end;
}

void append(std::size_t begin, std::size_t end, std::vector<Token>& out) {
    if (begin < end) out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

// l'été → l, été · Anna's → Anna · İzmir'de → İzmir · don't stays.
void append_at_apostrophes(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    Range mark = find_apostrophe(text, begin, end);
    if (mark.begin < end && mark.begin > begin && holds(kElisions, text.substr(begin, mark.begin - begin))) {
        append(begin, mark.begin, out);
        begin = mark.end;
        mark = find_apostrophe(text, begin, end);
    }
    if (mark.begin < end && is_ending(text.substr(begin, mark.begin - begin), text.substr(mark.end, end - mark.end)))
        end = mark.begin;
    append(begin, end, out);
}

bool parts_here(std::string_view text, std::size_t begin, std::size_t at, std::size_t end) {
    const char c = text[at];
    if (c == '_' || c == '@') return true;
    if (c != '.') return false;
    return at == begin || at + 1 >= end || !is_digit(text[at - 1]) || !is_digit(text[at + 1]);
}

// Single letters with dots between.
bool is_abbreviation(std::string_view word) {
    if (word.size() < 3 || word.size() % 2 == 0) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if ((word[i] == '.') != (i % 2 == 1) || is_digit(word[i]) || word[i] == '@' || word[i] == '_') return false;
    return true;
}

}  // namespace

void append_word_parts(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    end = trim_end(text, begin, end);
    if (is_abbreviation(text.substr(begin, end - begin))) return append(begin, end, out);
    std::size_t part = begin;
    for (std::size_t at = begin; at < end; ++at) {
        if (!parts_here(text, begin, at, end)) continue;
        append_at_apostrophes(text, part, at, out);
        part = at + 1;
    }
    append_at_apostrophes(text, part, end, out);
}

}  // namespace engram::search
