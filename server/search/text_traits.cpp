#include "search/text_traits.hpp"

#include <cstdint>
#include <cstring>

namespace engram::search {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;
constexpr std::uint64_t kPhoneDigitsMin = 7;

std::uint64_t load(std::string_view text, std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, text.size() - at < 8 ? text.size() - at : 8);
    return bytes;
}

// The high bit of every byte that is an ASCII digit: its distance to '0' is below 10.
std::uint64_t digits_in(std::uint64_t bytes) {
    const std::uint64_t distances = bytes ^ (kOnes * '0');
    return ~(((distances & ~kHighBits) + kOnes * (0x80 - 10)) | distances) & kHighBits;
}

std::uint64_t count_bytes(std::uint64_t high_bits) { return ((high_bits >> 7) * kOnes) >> 56; }

bool is_part_of_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool has_joining_hyphen(std::string_view text) {
    for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1))
        if (at > 0 && at + 1 < text.size() && is_part_of_word(text[at - 1]) && is_part_of_word(text[at + 1]))
            return true;
    return false;
}

}  // namespace

TextTraits traits_of(std::string_view text) {
    std::uint64_t seen = 0, digits = 0;
    for (std::size_t at = 0; at < text.size(); at += 8) {
        const std::uint64_t bytes = load(text, at);
        seen |= bytes;
        digits += count_bytes(digits_in(bytes));
    }
    if ((seen & kHighBits) != 0) return {.ascii = false, .may_join_words = true, .may_hold_phones = true};
    return {.ascii = true, .may_join_words = has_joining_hyphen(text), .may_hold_phones = digits >= kPhoneDigitsMin};
}

}  // namespace engram::search
