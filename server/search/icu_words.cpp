#include "search/icu_words.hpp"

#include <unicode/ubrk.h>

#include <memory>
#include <string>

#include "base/error.hpp"
#include "search/characters.hpp"
#include "search/gram_words.hpp"
#include "search/symbols.hpp"
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

// What UAX #29 would part although people see one word: every apostrophe is the plain one; what cannot be seen is a
// word joiner (U+2060), but for the joiner between two emoji.
class Spelling {
public:
    UChar32 of(UChar32 c) {
        const bool joins_symbols = c == kJoiner && is_symbol(before_);
        if (!may_follow_symbol(c)) before_ = c;
        if (c < 0x80) return c == '`' ? '\'' : c;
        if (c == kZeroWidthSpace || (c == kJoiner && !joins_symbols)) return kWordJoiner;
        return is_apostrophe(c) ? '\'' : c;
    }

private:
    static constexpr UChar32 kZeroWidthSpace = 0x200b, kJoiner = 0x200d, kWordJoiner = 0x2060;

    // Choice of a presentation, and skin tones.
    static bool may_follow_symbol(UChar32 c) { return c == 0xfe0e || c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff); }

    UChar32 before_ = 0;
};

void to_units(Breaker& state, std::string_view text, std::size_t begin, std::size_t end) {
    state.units.clear();
    state.offsets.clear();
    Spelling spelling;
    for (std::size_t at = begin; at < end;) {
        const auto offset = static_cast<std::uint32_t>(at);
        append_utf16(state.units, spelling.of(next_character(text, end, at)));
        while (state.offsets.size() < state.units.size()) state.offsets.push_back(offset);
    }
    state.offsets.push_back(static_cast<std::uint32_t>(end));
}

void append_segment(const Breaker& state, std::string_view text, std::int32_t from, std::int32_t to, int status,
                    std::vector<Token>& out) {
    const std::size_t begin = state.offsets[static_cast<std::size_t>(from)];
    const std::size_t end = state.offsets[static_cast<std::size_t>(to)];
    if (status >= UBRK_WORD_NONE_LIMIT) return append_word_parts(text, begin, end, out);
    if (is_symbol_sequence(text.substr(begin, end - begin))) append_symbol(text, begin, end, out);
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
    while (begin < end) {
        const std::size_t grams = find_grams(text, begin, end);
        if (begin < grams) append_spaced_words(text, begin, grams, out);
        begin = append_grams(text, grams, end, out);
    }
}

}  // namespace engram::search
