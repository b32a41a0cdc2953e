#include "search/word_break.hpp"

#include <algorithm>

#include "search/ascii_words.hpp"
#include "search/icu_words.hpp"
#include "search/joined_words.hpp"
#include "search/phone_numbers.hpp"
#include "search/text_traits.hpp"

namespace engram::search {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

struct Chunk {
    std::size_t end = 0;
    bool ascii = true;
};

Chunk find_chunk(std::string_view text, std::size_t at) {
    unsigned char seen = 0;
    while (at < text.size() && !is_space(text[at])) seen |= static_cast<unsigned char>(text[at++]);
    return {at, seen < 0x80};
}

// The end of the last of the neighbouring chunks that are not ASCII: one call of ICU serves them together.
std::size_t extend(std::string_view text, std::size_t end) {
    std::size_t at = end;
    while (at < text.size()) {
        while (at < text.size() && is_space(text[at])) ++at;
        const Chunk chunk = find_chunk(text, at);
        if (chunk.ascii) return end;
        at = end = chunk.end;
    }
    return end;
}

// No word crosses a space, so the text may be cut there, and only the parts that need ICU pay for it.
void break_chunks(std::string_view text, std::vector<Token>& out) {
    for (std::size_t at = 0; at < text.size();) {
        if (is_space(text[at])) {
            ++at;
            continue;
        }
        const Chunk chunk = find_chunk(text, at);
        if (chunk.ascii) {
            append_ascii_words(text, at, chunk.end, out);
            at = chunk.end;
        } else {
            const std::size_t end = extend(text, chunk.end);
            append_icu_words(text, at, end, out);
            at = end;
        }
    }
}

using Append = void (*)(std::string_view, std::size_t, std::vector<Token>&);

// What `append` adds at the end goes to where it begins in the text, behind what begins there too.
void merge_in(Append append, std::string_view text, std::size_t first, std::vector<Token>& out) {
    const auto count = static_cast<std::ptrdiff_t>(out.size());
    append(text, first, out);
    std::inplace_merge(out.begin() + static_cast<std::ptrdiff_t>(first), out.begin() + count, out.end(),
                       [](const Token& left, const Token& right) { return left.begin < right.begin; });
}

void add_further_tokens(std::string_view text, const TextTraits& traits, std::size_t first, std::vector<Token>& out) {
    if (traits.may_join_words) merge_in(append_joined_words, text, first, out);
    if (traits.may_hold_phones) merge_in(append_phone_numbers, text, first, out);
}

}  // namespace

void break_words(std::string_view text, std::vector<Token>& out) {
    const std::size_t first = out.size();
    const TextTraits traits = traits_of(text);
    if (traits.ascii) {
        append_ascii_words(text, 0, text.size(), out);
    } else {
        break_chunks(text, out);
    }
    add_further_tokens(text, traits, first, out);
}

void break_words_by_icu(std::string_view text, std::vector<Token>& out) {
    const std::size_t first = out.size();
    append_icu_words(text, 0, text.size(), out);
    add_further_tokens(text, {.ascii = false, .may_join_words = true, .may_hold_phones = true}, first, out);
}

}  // namespace engram::search
