#include "search/word_break.hpp"

#include "search/ascii_words.hpp"
#include "search/icu_words.hpp"

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

}  // namespace

// No word crosses a space, so the text may be cut there, and only the parts that need ICU pay for it.
void break_words(std::string_view text, std::vector<Token>& out) {
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

void break_words_by_icu(std::string_view text, std::vector<Token>& out) { append_icu_words(text, 0, text.size(), out); }

}  // namespace engram::search
