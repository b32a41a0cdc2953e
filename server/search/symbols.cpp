#include "search/symbols.hpp"

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr UChar32 kJoiner = 0x200d;
constexpr std::string_view kKeycap = "\u20e3";

bool is_tag(UChar32 c) { return c >= 0xe0020 && c <= 0xe007f; }
bool is_skin_tone(UChar32 c) { return c >= 0x1f3fb && c <= 0x1f3ff; }

}  // namespace

bool is_symbol(UChar32 c) {
    if (c < 0x80) return false;
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
}

bool is_symbol_sequence(std::string_view text) {
    if (text.empty()) return false;
    std::size_t at = 0;
    if (is_symbol(next_character(text, text.size(), at))) return true;
    return (text[0] == '#' || text[0] == '*') && text.find(kKeycap) != std::string_view::npos;
}

void append_symbol(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    const auto append = [&](std::size_t from, std::size_t to, TokenKind kind) {
        out.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), kind});
    };
    append(begin, end, TokenKind::kSymbol);
    std::size_t part = begin;
    for (std::size_t at = begin; at < end;) {
        const std::size_t before = at;
        const UChar32 c = next_character(text, end, at);
        if (c != kJoiner && !is_tag(c)) continue;
        if (part < before) append(part, before, TokenKind::kSingle);
        part = at;
    }
    if (part > begin && part < end) append(part, end, TokenKind::kSingle);
}

std::string plain_symbol(std::string_view symbol) {
    std::string out;
    bool joined = false;
    for (std::size_t at = 0; at < symbol.size();) {
        const UChar32 c = next_character(symbol, symbol.size(), at);
        if (c == kJoiner) joined = true;
        if (c == 0xfffd || (is_invisible(c) && !is_tag(c)) || (is_skin_tone(c) && !out.empty())) continue;
        if (joined && !out.empty()) append_utf8(out, kJoiner);
        joined = false;
        append_utf8(out, c);
    }
    return out;
}

}  // namespace engram::search
