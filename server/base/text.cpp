#include "base/text.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace engram::base {
namespace {

// Bytes of the well-formed sequence at the front of `text`, 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const unsigned lead = byte(0), next = byte(1);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if ((lead == 0xe0 && next < 0xa0) || (lead == 0xed && next > 0x9f)) return 0;
        return tail(1) && tail(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if ((lead == 0xf0 && next < 0x90) || (lead == 0xf4 && next > 0x8f)) return 0;
        return tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

bool is_ascii_word(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (at + 8 <= text.size() && is_ascii_word(text.data() + at)) {
            at += 8;
            continue;
        }
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += is_continuation(c) ? 0 : 1;
    return count;
}

std::string_view cut_code_points(std::string_view text, std::size_t code_points) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (!is_continuation(text[at]) && code_points-- == 0) return text.substr(0, at);
        ++at;
    }
    return text;
}

std::string to_lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// The lowest bit of those of eight bytes that need one is exact: see "Bit Twiddling Hacks" by S. E. Anderson,
// "Determine if a word has a byte less than n"; those above it may be none.
std::uint64_t escapes_in(std::uint64_t word) {
    constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
    const auto below = [](std::uint64_t bytes, std::uint64_t bound) { return (bytes - kOnes * bound) & ~bytes; };
    return (below(word, 0x20) | below(word ^ (kOnes * '"'), 1) | below(word ^ (kOnes * '\\'), 1)) & kHighs;
}

// Where the next character is that needs one.
std::size_t escape_from(std::string_view text, std::size_t at) {
    static_assert(std::endian::native == std::endian::little);
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if (const std::uint64_t escapes = escapes_in(word); escapes != 0)
            return at + static_cast<std::size_t>(std::countr_zero(escapes)) / 8;
    }
    while (at < text.size() && !needs_escape(text[at])) ++at;
    return at;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    const std::size_t first = escape_from(text, 0);
    if (first == text.size()) {  // nearly always
        const std::size_t at = out.size();
        out.append(text.size() + 2, '"');
        text.copy(out.data() + at + 1, text.size());
        return;
    }
    out += '"';
    std::size_t clean = 0;
    for (std::size_t i = first; i < text.size(); i = escape_from(text, i + 1)) {
        const auto c = static_cast<unsigned char>(text[i]);
        out.append(text, clean, i - clean);
        clean = i + 1;
        if (c == '"' || c == '\\')
            (out += '\\') += static_cast<char>(c);
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else
            (((out += "\\u00") += kHex[c >> 4])) += kHex[c & 15];
    }
    out.append(text, clean);
    out += '"';
}

std::vector<std::string_view> split_at_any(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> words;
    for (std::size_t end = 0; end < text.size();) {
        const std::size_t begin = text.find_first_not_of(separators, end);
        if (begin == std::string_view::npos) break;
        end = std::min(text.size(), text.find_first_of(separators, begin));
        words.push_back(text.substr(begin, end - begin));
    }
    return words;
}

std::string grouped(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string counted(std::size_t number, std::string_view noun) {
    return grouped(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace engram::base
