#include "search/icu_words.hpp"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>

#include <memory>
#include <string>

#include "base/error.hpp"
#include "search/characters.hpp"
#include "search/word_parts.hpp"

namespace engram::search {
namespace {

struct Close {
    void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};

// Opening costs a hundred times what a text costs, so each thread keeps its own with its buffers.
struct Breaker {
    std::unique_ptr<UBreakIterator, Close> iterator;
    std::u16string units;
    std::vector<std::uint32_t> offsets;  // of each unit's character in the bytes, and the end
};

Breaker& breaker() {
    thread_local Breaker instance;
    if (!instance.iterator) {
        UErrorCode code = U_ZERO_ERROR;
        instance.iterator.reset(ubrk_open(UBRK_WORD, "", nullptr, 0, &code));
        if (U_FAILURE(code)) throw base::Error(base::Code::kInternal, "Search failed.", u_errorName(code));
    }
    return instance;
}

// Scripts without spaces between words, and Hangul, whose words carry endings: pairs of characters find both, and ICU
// never loads its dictionaries.
bool is_gram_script(UChar32 c) {
    if (c < 0x0e00) return false;
    if (c == 0x30fb || c == 0x30a0) return false;
    return c <= 0x0eff || (c >= 0x1000 && c <= 0x109f) || (c >= 0x1100 && c <= 0x11ff) ||
           (c >= 0x1780 && c <= 0x17ff) || (c >= 0x2e80 && c <= 0x2fdf) || (c >= 0x3005 && c <= 0x3007) ||
           (c >= 0x3041 && c <= 0x31ff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xa960 && c <= 0xa97f) || (c >= 0xac00 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xff66 && c <= 0xffdc) || (c >= 0x1b000 && c <= 0x1b2ff) || (c >= 0x20000 && c <= 0x3ffff);
}

bool is_symbol(UChar32 c) {
    if (c < 0x80) return false;
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
}

// Where the run of characters that are, or are not, of a gram script ends.
std::size_t find_run_end(std::string_view text, std::size_t at, std::size_t end, bool grams) {
    while (at < end) {
        std::size_t next = at;
        if (is_gram_script(next_character(text, end, next)) != grams) return at;
        at = next;
    }
    return end;
}

void append_token(std::size_t begin, std::size_t end, TokenKind kind, std::vector<Token>& out) {
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), kind});
}

void append_grams(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    std::size_t middle = begin;
    next_character(text, end, middle);
    if (middle == end) return append_token(begin, end, TokenKind::kGram, out);
    for (std::size_t first = begin; middle < end;) {
        std::size_t last = middle;
        next_character(text, end, last);
        append_token(first, middle, TokenKind::kSingle, out);
        append_token(first, last, TokenKind::kGram, out);
        first = middle;
        middle = last;
        if (middle == end) append_token(first, end, TokenKind::kSingle, out);
    }
}

void to_units(Breaker& state, std::string_view text, std::size_t begin, std::size_t end) {
    state.units.clear();
    state.offsets.clear();
    for (std::size_t at = begin; at < end;) {
        const auto offset = static_cast<std::uint32_t>(at);
        append_utf16(state.units, next_character(text, end, at));
        state.offsets.resize(state.units.size(), offset);
    }
    state.offsets.push_back(static_cast<std::uint32_t>(end));
}

void append_segment(const Breaker& state, std::string_view text, std::int32_t from, std::int32_t to, int status,
                    std::vector<Token>& out) {
    const std::size_t begin = state.offsets[static_cast<std::size_t>(from)];
    const std::size_t end = state.offsets[static_cast<std::size_t>(to)];
    if (status >= UBRK_WORD_NONE_LIMIT) return append_word_parts(text, begin, end, out);
    std::size_t at = begin;
    if (is_symbol(next_character(text, end, at))) append_token(begin, end, TokenKind::kSymbol, out);
}

void append_spaced_words(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    Breaker& state = breaker();
    to_units(state, text, begin, end);
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator* iterator = state.iterator.get();
    ubrk_setText(iterator, state.units.data(), static_cast<std::int32_t>(state.units.size()), &code);
    if (U_FAILURE(code)) return;
    std::int32_t from = ubrk_first(iterator);
    for (std::int32_t to = ubrk_next(iterator); to != UBRK_DONE; from = to, to = ubrk_next(iterator))
        append_segment(state, text, from, to, ubrk_getRuleStatus(iterator), out);
}

}  // namespace

void append_icu_words(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    bool grams = false;
    while (begin < end) {
        const std::size_t stop = find_run_end(text, begin, end, grams);
        if (begin < stop && grams) append_grams(text, begin, stop, out);
        if (begin < stop && !grams) append_spaced_words(text, begin, stop, out);
        begin = stop;
        grams = !grams;
    }
}

}  // namespace engram::search
