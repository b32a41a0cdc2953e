#include "search/ascii_words.hpp"

#include <array>
#include <cstdint>

#include "search/word_parts.hpp"

namespace engram::search {
namespace {

// Word_Break property values of UAX #29, table 3, as far as ASCII has them.
enum Class : std::uint8_t {
    kOther = 0,
    kLetter = 1,
    kNumeric = 2,
    kExtendNumLet = 4,
    kMidLetter = 8,
    kMidNum = 16,
    kMidNumLet = kMidLetter | kMidNum,
    kInWord = kLetter | kNumeric | kExtendNumLet,
};

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<std::size_t>(c)] = kLetter;
    for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<std::size_t>(c)] = kLetter;
    for (int c = '0'; c <= '9'; ++c) classes[static_cast<std::size_t>(c)] = kNumeric;
    classes['_'] = kExtendNumLet;
    classes['@'] = kLetter;  // CLDR 42 lets addresses and names hold together
    classes[','] = kMidNum;
    classes[';'] = kMidNum;
    classes['.'] = kMidNumLet;
    classes['\''] = kMidNumLet;
    classes['`'] = kMidNumLet;  // typed for the apostrophe
    return classes;
}

constexpr auto kClasses = make_classes();

std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

constexpr std::array<bool, 256> make_plain() {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0; c < plain.size(); ++c)
        plain[c] = c != '@' && (kClasses[c] == kLetter || kClasses[c] == kNumeric);
    return plain;
}

// Letters and digits: nearly all of what words are made of.
constexpr auto kPlain = make_plain();

// WB6, WB7, WB11, WB12: a mark between two letters or two digits that fits them joins.
bool joins(std::uint8_t before, std::uint8_t mark, std::uint8_t after) {
    return (before == kLetter && after == kLetter && (mark & kMidLetter) != 0) ||
           (before == kNumeric && after == kNumeric && (mark & kMidNum) != 0);
}

struct Word {
    std::size_t end = 0;
    bool plain = true;  // letters and digits only
};

Word find_end(std::string_view text, std::size_t at, std::size_t end) {
    bool plain = true;
    for (;; ++at) {
        while (at < end && kPlain[static_cast<unsigned char>(text[at])]) ++at;
        if (at == end) break;
        const std::uint8_t kind = class_of(text[at]);
        if ((kind & kInWord) == 0) {
            const bool inside =
                kind != kOther && at + 1 < end && joins(class_of(text[at - 1]), kind, class_of(text[at + 1]));
            if (!inside) break;
        }
        plain = false;
    }
    return {at, plain};
}

}  // namespace

void append_ascii_words(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out) {
    for (std::size_t at = begin; at < end;) {
        if ((class_of(text[at]) & kInWord) == 0) {
            ++at;
            continue;
        }
        const Word word = find_end(text, at, end);
        if (word.plain) {
            out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(word.end)});
        } else {
            append_word_parts(text, at, word.end, out);
        }
        at = word.end;
    }
}

}  // namespace engram::search
