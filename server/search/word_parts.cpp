#include "search/word_parts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace engram::search {
namespace {

constexpr std::string_view kCurlyApostrophe = "\u2019";
constexpr std::array<std::string_view, 23> kElisions = {
    "l",    "d",    "j",    "m",   "t",    "s",     "n",     "c",     "qu",     "un",     "all",   "dell",
    "nell", "sull", "dall", "dal", "coll", "jusqu", "quell", "quest", "lorsqu", "puisqu", "quoiqu"};
constexpr std::array<std::string_view, 6> kEndings = {"s", "ll", "re", "ve", "d", "m"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& list, std::string_view word) {
    return word.size() <= 6 && std::find(list.begin(), list.end(), base::to_lower_ascii(word)) != list.end();
}

struct Range {
    std::size_t begin = 0, end = 0;
};

// The first apostrophe of either kind from `at` on.
Range find_apostrophe(std::string_view text, std::size_t at, std::size_t end) {
    for (; at < end; ++at) {
        if (text[at] == '\'') return {at, at + 1};
        if (text.substr(at, kCurlyApostrophe.size()) == kCurlyApostrophe) return {at, at + kCurlyApostrophe.size()};
    }
    return {end, end};
}

void append(std::size_t begin, std::size_t end, std::vector<Token>& out) {
    if (begin < end) out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
}

// l'été → l, été · Anna's → Anna · don't stays.
void append_at_apostrophes(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    Range mark = find_apostrophe(text, begin, end);
    if (mark.begin < end && mark.begin > begin && holds(kElisions, text.substr(begin, mark.begin - begin))) {
        append(begin, mark.begin, out);
        begin = mark.end;
        mark = find_apostrophe(text, begin, end);
    }
    if (mark.begin < end && holds(kEndings, text.substr(mark.end, end - mark.end))) end = mark.begin;
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
        if ((word[i] == '.') != (i % 2 == 1) || is_digit(word[i])) return false;
    return true;
}

}  // namespace

void append_word_parts(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
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
